import { join } from "node:path";
import { expect, type Page } from "playwright/test";
import { OWNER, type Product, RESULTS } from "./product";

/** A picture of the page as a person sees it, for whoever looks at a run. */
export async function shot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(RESULTS, "screens", `${name}.png`), animations: "disabled" });
}

/** Signs in as the owner that the environment named, the way a person does. */
export async function signIn(page: Page, product: Product): Promise<void> {
  await page.goto(`${product.origin}/sign-in`);
  await page.getByLabel("E-mail").fill(OWNER.email);
  await page.getByLabel("Password").fill(OWNER.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(/\/w(\/|$)/);
}

/** Collects what a page complains of: script errors, refused resources, broken hydration. */
export function watchErrors(page: Page): string[] {
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  return errors;
}

/** Goes to a page of the workspace by the side navigation. */
export async function visit(page: Page, title: string): Promise<void> {
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: title, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
}

/** The set-up link that a first start prints, or null where there is none. */
export const setupLink = (product: Product): string | null =>
  /http:\/\/\S+\/setup\?token=\S+/.exec(product.output())?.[0] ?? null;
