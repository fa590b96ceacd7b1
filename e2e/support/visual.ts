import type { Page } from "playwright/test";
import { shot } from "./browser";

/** The same page light, dark and on a phone, for whoever looks at a run. */
export async function shots(page: Page, name: string): Promise<void> {
  const size = page.viewportSize();
  await page.emulateMedia({ colorScheme: "light" });
  await shot(page, `${name}-light`);
  await page.emulateMedia({ colorScheme: "dark" });
  await shot(page, `${name}-dark`);
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 390, height: 844 });
  await shot(page, `${name}-phone`);
  if (size) await page.setViewportSize(size);
}
