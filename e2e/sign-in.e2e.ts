import type { Page } from "playwright/test";
import { startIdp, type TestIdp } from "@/lib/testing/oidc-idp";
import { linkIn, startSmtp, type TestSmtp } from "@/lib/testing/smtp";
import { expect, proves, test } from "./fixtures";
import { Api } from "./support/api";
import { signIn } from "./support/browser";
import { eventually, freePort } from "./support/process";
import { OWNER, type Product, startProduct } from "./support/product";
import { shots } from "./support/visual";

let product: Product;
let smtp: TestSmtp;
let idp: TestIdp;
let api: Api;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  smtp = await startSmtp();
  const port = await freePort();
  idp = await startIdp(`http://127.0.0.1:${port}/api/auth/callback/oidc`);
  product = await startProduct({
    lane: "direct",
    port,
    env: {
      AEROSTACK_SMTP_URL: smtp.url,
      AEROSTACK_MAIL_FROM: "Aerostack <aerostack@example.test>",
      AEROSTACK_OIDC_ISSUER: idp.issuer,
      AEROSTACK_OIDC_CLIENT_ID: idp.clientId,
      AEROSTACK_OIDC_CLIENT_SECRET: idp.clientSecret,
      AEROSTACK_OIDC_NAME: "Acme ID",
    },
  });
  api = new Api(product.origin, product.apiKey);
});
test.afterAll(async () => {
  await product?.stop();
  await idp?.close();
  await smtp?.close();
});

const path = (page: Page) => new URL(page.url()).pathname;

async function fillIn(page: Page, password: string): Promise<void> {
  await page.getByLabel("E-mail").fill(OWNER.email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

test(proves("sign-in:callback"), async ({ page }) => {
  await page.goto(`${product.origin}/account?tab=1`);
  expect(path(page)).toBe("/sign-in");
  await shots(page, "30-sign-in-providers");
  await fillIn(page, OWNER.password);
  await page.waitForURL(`${product.origin}/account?tab=1`);
  for (const evil of ["https://evil.test/", "//evil.test", "/\\evil.test", "/%09/evil.test", "javascript:alert(1)"]) {
    await page.goto(`${product.origin}/sign-in?callbackUrl=${encodeURIComponent(evil)}`);
    expect(new URL(page.url()).origin, evil).toBe(product.origin);
  }
});

test(proves("sign-in:sessions"), async ({ page, browser }) => {
  test.setTimeout(90_000);
  const other = await browser.newPage({
    userAgent:
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 Version/26.1 Mobile Safari/604.1",
  });
  await signIn(page, product);
  await signIn(other, product);
  const stolen = await other.context().cookies();
  await page.goto(`${product.origin}/account`);
  const rows = page.getByRole("list", { name: "Sign-ins" }).getByRole("listitem");
  await expect(rows.filter({ hasText: "This browser" })).toHaveCount(1);
  const phone = rows.filter({ hasText: "Safari on iPhone" });
  await expect(phone).toContainText("127.0.0.1");
  await shots(page, "31-account");

  await phone.getByRole("button", { name: /^End/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "End sign-in" }).click();
  await expect(page.getByText("Sign-in ended")).toBeVisible(); // while the dialog is open the list behind it counts as hidden
  await expect(phone).toHaveCount(0);
  await other.goto(`${product.origin}/account`);
  expect(path(other)).toBe("/sign-in");

  await signIn(other, product);
  await page.getByRole("button", { name: "Sign out everywhere" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Sign out everywhere" }).click();
  await page.waitForURL(/\/sign-in$/);
  await other.goto(`${product.origin}/account`);
  expect(path(other)).toBe("/sign-in");
  await other.context().addCookies(stolen);
  await other.goto(`${product.origin}/account`);
  expect(path(other), "a copy of an ended cookie is worth nothing").toBe("/sign-in");
  await other.close();
});

test(proves("sign-in:reset"), async ({ page }) => {
  test.setTimeout(90_000);
  const ask = async (email: string) => {
    await page.goto(`${product.origin}/sign-in`);
    await page.getByRole("link", { name: "Forgot it?" }).click();
    await page.waitForURL(/\/forgot-password$/);
    await page.getByLabel("E-mail").fill(email);
    await page.getByRole("button", { name: "Send the link" }).click();
    return (await page.getByText("a link is on its way").textContent())?.replace(email, "…");
  };
  const unknown = await ask("nobody@example.test");
  expect(await ask(OWNER.email)).toBe(unknown);
  await shots(page, "32-forgot");
  const mail = await eventually("the mail arrives", () => smtp.mails.find(({ to }) => to[0] === OWNER.email) ?? null);
  expect(smtp.mails.filter(({ to }) => to[0] === "nobody@example.test")).toEqual([]);
  const link = linkIn(mail, `${product.origin}/reset-password/`);

  const answer = await page.goto(link);
  expect(answer?.headers()["referrer-policy"]).toBe("no-referrer");
  await shots(page, "33-reset");
  await page.getByLabel("New password").fill("another horse battery");
  await page.getByRole("button", { name: "Save and sign in" }).click();
  await page.waitForURL(/\/w(\/|$)/);

  await page.goto(`${product.origin}/account`);
  await page.getByLabel("Current password").fill("not the password");
  await page.getByLabel("New password").fill(OWNER.password);
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("This is not your current password.")).toBeVisible();
  await page.getByLabel("Current password").fill("another horse battery");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("Password changed")).toBeVisible();

  await page.context().clearCookies();
  await page.goto(link);
  await expect(page.getByText("This link does not work")).toBeVisible();
  await shots(page, "34-reset-used");
  await signIn(page, product);
  expect(product.output()).not.toContain(link.slice(-20));
});

test(proves("sign-in:provider"), async ({ browser }) => {
  test.setTimeout(90_000);
  await api.createWorkspace({ name: "Acme", slug: "acme" });
  const rule = await api.send("PUT", "/workspaces/acme/domains", { domains: [{ domain: "acme.example" }] });
  expect(rule.status).toBe(200);
  const enter = async (start: string) => {
    const page = await browser.newPage();
    await page.goto(product.origin + start);
    await page.getByRole("button", { name: "Continue with Acme ID" }).click();
    return page;
  };

  idp.person = { subject: "1", email: "eve@acme.example", emailVerified: false, name: "Eve" };
  const eve = await enter("/account");
  await expect(eve.getByText("Your e-mail address is not confirmed there")).toBeVisible();
  await shots(eve, "35-unverified");
  idp.person = { subject: "2", email: "ana@other.example", emailVerified: true, name: "Ana" };
  const other = await enter("/sign-in");
  await expect(other.getByText("Nobody has invited you yet")).toBeVisible();

  idp.person = { subject: "3", email: "ana@acme.example", emailVerified: true, name: "Ana Silva" };
  const ana = await enter("/w/acme");
  await ana.waitForURL(`${product.origin}/w/acme`);
  await ana.goto(`${product.origin}/account`);
  await expect(ana.getByText("by Acme ID")).toBeVisible();
  await expect(ana.getByText("ana@acme.example").first()).toBeVisible();
  await shots(ana, "36-account-provider");
  for (const page of [eve, other, ana]) await page.close();
});
