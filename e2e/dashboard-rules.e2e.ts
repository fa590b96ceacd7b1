import { ToolListChangedNotificationSchema } from "@modelcontextprotocol/sdk/types.js";
import { expect, proves, test } from "./fixtures";
import { setupLink, shot, signIn, watchErrors } from "./support/browser";
import { connect } from "./support/mcp";
import { eventually } from "./support/process";
import { OWNER, startProduct } from "./support/product";

test(proves("dashboard:tool-switch"), async ({ page, product, workspace, upstream }) => {
  await workspace.addSecret("vault", upstream);
  const client = await connect(workspace.sse, workspace.token, "http");
  let changed = 0;
  client.setNotificationHandler(ToolListChangedNotificationSchema, () => {
    changed++;
  });
  expect((await client.listTools()).tools.map(({ name }) => name)).toContain("vault__echo");

  const errors = watchErrors(page);
  await signIn(page, product);
  await page.goto(`${product.origin}/w/${workspace.slug}/servers/vault`);
  const toggle = page.getByRole("switch", { name: "Tool echo" });
  await expect(toggle).toBeChecked();
  await toggle.click();
  await expect(toggle).not.toBeChecked();
  await eventually("the connected client is told", () => (changed > 0 ? true : null), 6_000);
  await eventually(
    "the tool is gone",
    async () => ((await client.listTools()).tools.some(({ name }) => name === "vault__echo") ? null : true),
    5_000,
  );
  await expect(client.callTool({ name: "vault__echo", arguments: {} })).rejects.toMatchObject({ code: -32602 });
  expect(upstream.calls().length).toBe(0);

  await page.reload();
  await expect(toggle, "it is stored").not.toBeChecked();
  await shot(page, "20-tool-off");
  await toggle.click();
  await eventually(
    "the tool is back",
    async () => ((await client.listTools()).tools.some(({ name }) => name === "vault__echo") ? true : null),
    5_000,
  );
  await client.close();
  expect(errors).toEqual([]);
});

test(proves("dashboard:private-address"), async ({ page, lane, upstream }) => {
  test.setTimeout(120_000);
  const product = await startProduct({ lane, env: { AEROSTACK_ALLOW_PRIVATE_UPSTREAMS: "" } });
  try {
    await signIn(page, product);
    await page.goto(`${product.origin}/w/new`);
    await page.getByLabel("Name", { exact: true }).fill("Home lab");
    await page.getByRole("button", { name: "Create workspace" }).click();
    await page.waitForURL(/\/w\/home-lab\/start$/);
    await page.goto(`${product.origin}/w/home-lab/servers/new`);
    await page.getByLabel("Server URL").fill(upstream.url);
    await page.getByRole("button", { name: "Test connection" }).click();
    const main = page.getByRole("main");
    await expect(main.getByText(/Instance page/).first()).toBeVisible();
    await expect(main.getByText(/private|AEROSTACK_ALLOW_PRIVATE_UPSTREAMS/i).first()).toBeVisible();
    await shot(page, "21-private-address");
    expect(upstream.seen.length, "nothing was sent").toBe(0);

    await main.getByRole("link", { name: "Instance page" }).first().click();
    await page.getByLabel("Allowed hosts and ranges").fill(new URL(upstream.url).host);
    await page.getByRole("button", { name: "Save ranges" }).click();
    await expect(page.getByText("Saved. It holds from now on")).toBeVisible();
    await shot(page, "22-instance");
    await page.goto(`${product.origin}/w/home-lab/servers/new`);
    await page.getByLabel("Server URL").fill(upstream.url);
    await page.getByRole("button", { name: "Test connection" }).click();
    await expect(page.getByText("The server wants a credential")).toBeVisible();
    expect(upstream.seen.length).toBeGreaterThan(0);
  } finally {
    await product.stop();
  }
});

test(proves("dashboard:sign-in"), async ({ page, product, workspace }) => {
  expect(setupLink(product), "no link where there is an owner").toBeNull();
  for (const path of ["/w", "/w/new", `/w/${workspace.slug}`, `/w/${workspace.slug}/calls`, "/instance", "/account"]) {
    await page.goto(`${product.origin}${path}`);
    expect(new URL(page.url()).pathname, path).toBe("/sign-in");
    expect(await page.content()).not.toContain(`Team ${workspace.slug}`);
  }
  await page.goto(`${product.origin}/setup?token=guess`);
  await expect(page.getByText("Already set up")).toBeVisible();

  await page.goto(`${product.origin}/sign-in`);
  await page.getByLabel("E-mail").fill(OWNER.email);
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(
    page
      .getByRole("main")
      .getByText(/password/i)
      .first(),
  ).toBeVisible();
  expect(new URL(page.url()).pathname).toBe("/sign-in");
  await shot(page, "23-sign-in");
  await signIn(page, product);
  await page.goto(`${product.origin}/w/${workspace.slug}`);
  await expect(page.getByText(`Team ${workspace.slug}`).first()).toBeVisible();
  const unknown = await page.goto(`${product.origin}/w/nobody-here`);
  expect(unknown?.status()).toBe(404);
  await expect(page.getByText("Nothing to see at this address")).toBeVisible();
});
