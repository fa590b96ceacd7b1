import { expect, proves, test } from "./fixtures";
import { setupLink, shot, visit, watchErrors } from "./support/browser";
import { connect, textOf } from "./support/mcp";
import { startProduct } from "./support/product";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

test(proves("dashboard:first-run"), async ({ page, lane, upstream }) => {
  test.setTimeout(180_000);
  const product = await startProduct({ lane, owner: false });
  const errors = watchErrors(page);
  try {
    const link = setupLink(product);
    expect(link, product.output()).not.toBeNull();
    await page.goto(link ?? "");
    await page.getByLabel("Your name").fill("Robin Doe");
    await page.getByLabel("E-mail").fill("robin@example.test");
    await page.getByLabel("Password").fill("a long enough password");
    await shot(page, "01-set-up");
    await page.getByRole("button", { name: "Create owner account" }).click();

    await page.waitForURL(/\/w\/new$/);
    await page.getByLabel("Name", { exact: true }).fill("Engineering");
    await shot(page, "02-new-workspace");
    await page.getByRole("button", { name: "Create workspace" }).click();
    await page.waitForURL(/\/w\/engineering\/start/);
    await page.getByRole("button", { name: "Skip for now" }).click();
    await page.waitForURL(/\/w\/engineering$/);
    await shot(page, "03-first-overview");

    await visit(page, "Servers");
    await shot(page, "04-no-servers");
    await page
      .getByRole("main")
      .getByRole("link", { name: /add (a )?server|first server/i })
      .first()
      .click();
    await page.getByLabel("Server URL").fill(upstream.url);
    await page.getByRole("button", { name: "Test connection" }).click();
    await expect(page.getByText("The server wants a credential")).toBeVisible();
    expect(upstream.calls().length).toBe(0);
    await page.getByLabel("Secret", { exact: true }).fill(upstream.secret);
    await page.getByLabel("Name of the secret").fill("API_KEY");
    await shot(page, "05-credential");
    await page.getByRole("button", { name: "Test again" }).click();
    await expect(page.getByText("The server answers")).toBeVisible();
    await page.getByLabel("Slug").fill("vault");
    await shot(page, "06-probe");
    await page.getByRole("button", { name: "Add server" }).click();
    await page.waitForURL(/\/servers\/vault$/);
    await expect(page.getByText("vault__echo")).toBeVisible();
    await shot(page, "07-server");
    expect(await page.content()).not.toContain(upstream.secret);

    await visit(page, "Tokens");
    await page.getByRole("button", { name: "Create token" }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Who is it for?").fill("Alice Chen");
    await dialog.getByRole("button", { name: "Create token" }).click();
    await expect(dialog.getByRole("heading", { name: "Token for Alice Chen" })).toBeVisible();
    await shot(page, "08-token-once");
    await dialog
      .getByRole("button", { name: /copy token/i })
      .first()
      .click();
    const token = await page.evaluate(() => navigator.clipboard.readText());
    expect(token).toMatch(/^mwt_[0-9A-Za-z]{49}$/);
    await dialog.getByRole("button", { name: "Done" }).click();
    await page.reload();
    await expect(page.getByRole("cell", { name: "Alice Chen" }).first()).toBeVisible();
    expect(await page.content(), "a token is shown once").not.toContain(token);
    await shot(page, "09-tokens");

    await visit(page, "Connect");
    await expect(page.getByText("Waiting for your first call")).toBeVisible();
    for (const client of ["Claude Code", "Cursor", "VS Code", "Gemini CLI"]) {
      await page.getByText(client, { exact: true }).first().click();
      await expect(page.getByText(`${product.origin}/ws/engineering/`).first()).toBeVisible();
    }
    await shot(page, "10-connect");
    const client = await connect(`${product.origin}/ws/engineering/sse`, token, "http");
    expect(textOf(await client.callTool({ name: "vault__whoami", arguments: { who: "Alice" } }))).toBe("you are Alice");
    await expect(page.getByText("It works")).toBeVisible({ timeout: 10_000 });
    await shot(page, "11-first-call");

    await visit(page, "Calls");
    const rows = page.getByRole("table").getByRole("row");
    await expect(rows).toHaveCount(2);
    await expect(rows.nth(1)).toContainText("Alice Chen");
    await expect(rows.nth(1)).toContainText("whoami");
    for (let n = 0; n < 6; n++)
      await client.callTool({ name: n % 3 ? "vault__echo" : "vault__boom", arguments: { message: "live" } });
    await expect(rows, "new calls come in by themselves").toHaveCount(8, { timeout: 10_000 });
    await expect(rows.nth(1)).toContainText("echo");
    await shot(page, "12-calls");
    await client.close();

    await visit(page, "Overview");
    await expect(page.getByText("whoami").first()).toBeVisible();
    await shot(page, "13-overview");
    expect(await page.content()).not.toContain(upstream.secret);
    expect(product.output()).not.toContain(upstream.secret);
    expect(errors).toEqual([]);

    await page.context().clearCookies();
    await page.goto(link ?? "");
    await expect(page.getByText("Already set up")).toBeVisible();
  } finally {
    await product.stop();
  }
});
