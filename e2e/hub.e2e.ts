import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright/test";
import { expect, proves, test } from "./fixtures";
import { Api } from "./support/api";
import { signIn, watchErrors } from "./support/browser";
import { connect, textOf } from "./support/mcp";
import { type Product, startProduct } from "./support/product";
import { type SecretUpstream, startSecretUpstream } from "./support/secret-upstream";
import { mintSecret, mintWorkspace } from "./support/workspace";

/** A product whose operator brings two listings, both on this machine. */
async function withListings(lane: "direct" | "edge", everything: string, vault: string): Promise<Product> {
  const file = join(mkdtempSync(join(tmpdir(), "aerostack-hub-")), "listings.json");
  const common = { vendor: "Acme", official: false };
  const key = { name: "VAULT_KEY", label: "Vault key", howTo: "From the vault's own page." };
  const listings = [
    {
      ...common,
      slug: "everything",
      name: "Everything",
      description: "<img src=x onerror=alert(1)> One of each kind of tool.",
      endpoints: [{ url: everything }],
      auth: { kind: "none" },
      tools: ["echo"],
    },
    {
      ...common,
      slug: "vault",
      name: "Vault",
      description: "Wants a key.",
      endpoints: [{ url: vault }],
      auth: {
        kind: "secret",
        headers: [{ name: "Authorization", template: "Bearer {{VAULT_KEY}}" }],
        secrets: [key],
      },
    },
  ];
  writeFileSync(file, JSON.stringify({ listings }));
  return startProduct({ lane, env: { AEROSTACK_HUB_CATALOG: file } });
}

const cards = (page: Page) => page.getByRole("main").locator("a[data-listing]");

/** A page that is asked for while other tests load the machine. */
const slow = { timeout: 20_000 };

test.describe("the Hub", () => {
  let product: Product;
  let vault: SecretUpstream;
  test.beforeAll(async ({ lane, everything }) => {
    vault = await startSecretUpstream(mintSecret());
    product = await withListings(lane, everything.http.url, vault.url);
  });
  test.afterAll(async () => {
    await product.stop();
    await vault.close();
  });

  test(proves("hub:install"), async ({ page }) => {
    const { slug, token, sse } = await mintWorkspace(new Api(product.origin, product.apiKey), product);
    const errors = watchErrors(page);
    await signIn(page, product);
    await page.goto(`${product.origin}/w/${slug}`);
    await page.goto(`${product.origin}/hub`);
    await expect(page).toHaveURL(new RegExp(`/w/${slug}/hub$`));
    await expect(page.getByRole("heading", { name: "Yours" })).toBeVisible();
    await expect(cards(page)).toHaveCount(114, slow);

    const box = page.getByRole("searchbox", { name: "Search the Hub" });
    await box.fill("githbu");
    await expect(cards(page).first()).toHaveText("GitHub", slow);
    await expect(page).toHaveURL(/q=githbu/);
    await box.fill("no such server anywhere");
    await expect(page.getByRole("link", { name: "Proxy your own URL" })).toBeVisible();
    await box.press("Escape");
    await expect(cards(page)).toHaveCount(114, slow);
    const filter = page.getByRole("complementary", { name: "Filters" }).getByRole("checkbox", { name: /^Internal/ });
    await filter.focus();
    await page.keyboard.press("Space");
    await expect(cards(page)).toHaveCount(2, slow);
    await page.reload();
    await expect(cards(page)).toHaveCount(2, slow);
    await box.press("ArrowDown");
    await expect(cards(page).first()).toBeFocused();
    await page.keyboard.press("Enter");

    await expect(page.getByRole("heading", { level: 1, name: "Everything" })).toBeVisible(slow);
    await expect(page.getByText("<img src=x onerror=alert(1)>")).toBeVisible();
    await page.getByRole("button", { name: "Install", exact: true }).click();
    await expect(page.getByText(/^Installed: \d+ tools$/)).toBeVisible(slow);
    await expect(page.getByRole("link", { name: "Connect a client" })).toBeVisible();
    const client = await connect(sse, token, "http");
    expect(textOf(await client.callTool({ name: "everything__echo", arguments: { message: "hi" } }))).toContain("hi");
    await client.close();

    await page.goto(`${product.origin}/w/${slug}/hub?category=nonsense`);
    await expect(page.getByText("These filters cannot be used")).toBeVisible();
    await page.getByRole("button", { name: "Clear filters" }).click();
    await expect(cards(page)).toHaveCount(114, slow);
    await page.goto(`${product.origin}/w/${slug}/hub/notion`);
    await expect(page.getByText("Needs a sign-in (OAuth)")).toBeVisible();
    expect(errors).toEqual([]);
  });

  test(proves("hub:secret"), async ({ page }) => {
    const { slug, token, sse, api } = await mintWorkspace(new Api(product.origin, product.apiKey), product);
    await signIn(page, product);
    await page.goto(`${product.origin}/w/${slug}/hub/vault`);
    await page.getByRole("button", { name: "Install…" }).click();
    const sheet = page.getByRole("dialog", { name: "Install Vault" });
    await expect(sheet.getByText(/Goes as header Authorization to 127\.0\.0\.1:\d+ only/)).toBeVisible();
    await sheet.getByLabel("Vault key").fill("wrong");
    await sheet.getByRole("button", { name: "Install" }).click();
    await expect(sheet.getByText(/does not take “Vault key” \(401\)/)).toBeVisible(slow);
    expect((await api.send("GET", `/workspaces/${slug}/servers`)).body).toEqual({ servers: [] });

    await sheet.getByLabel("Vault key").fill(vault.secret);
    await sheet.getByRole("button", { name: "Install" }).dblclick();
    await expect(page.getByText(/^Installed: \d+ tools$/)).toBeVisible(slow);
    expect(await page.content()).not.toContain(vault.secret);
    const { body } = await api.send("GET", `/workspaces/${slug}/servers`);
    expect(body).toMatchObject({ servers: [{ slug: "vault", kind: "hub", status: "up" }] });
    expect((body as { servers: unknown[] }).servers.length).toBe(1);
    const client = await connect(sse, token, "http");
    expect(textOf(await client.callTool({ name: "vault__whoami", arguments: { who: "Alice" } }))).toBe("you are Alice");
    expect(vault.calls("whoami").map(({ headers }) => headers.authorization)).toEqual([`Bearer ${vault.secret}`]);
    await client.close();
  });
});
