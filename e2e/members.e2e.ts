import { ToolListChangedNotificationSchema } from "@modelcontextprotocol/sdk/types.js";
import { expect, proves, test } from "./fixtures";
import { shot, signIn, visit, watchErrors } from "./support/browser";
import { callTool, connect, rpc, textOf } from "./support/mcp";
import { eventually } from "./support/process";

test(proves("dashboard:role"), async ({ page, product, workspace, upstream, browser }) => {
  await workspace.addSecret("vault", upstream);
  const errors = watchErrors(page);
  await signIn(page, product);
  await page.goto(`${product.origin}/w/${workspace.slug}`);
  await visit(page, "Members");
  await page.getByRole("button", { name: "Invite people" }).first().click();
  const address = `erin@${workspace.slug}.example`;
  await page.getByLabel("Addresses").fill(`Erin Stone <${address}>, nobody`);
  await expect(page.getByText("nobody is no address")).toBeVisible();
  await expect(page.getByRole("button", { name: "Invite", exact: true })).toBeDisabled();
  await page.getByLabel("Addresses").fill(`Erin Stone <${address}>`);
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  const link = await page.getByLabel(`link for ${address}`, { exact: true }).inputValue();
  expect(link).toMatch(/\/invite\/mwi_[0-9A-Za-z]{49}$/);
  await shot(page, "26-invited");
  await page.getByRole("button", { name: "Close" }).last().click();
  await expect(page.getByText("You have copied no link yet")).toBeVisible();
  await page.getByRole("button", { name: "Close anyway" }).click();

  const theirs = await browser.newPage();
  await theirs.goto(link);
  await theirs.getByLabel("Your name").fill("Erin Stone");
  await theirs.getByLabel("Password").fill("a few unrelated words");
  await theirs.getByRole("button", { name: "Create account and join" }).click();
  const token = await theirs.getByLabel("token", { exact: true }).inputValue();
  const status = async () => (await rpc(workspace.sse, token, "tools/list")).status;
  expect(await status()).toBe(200);

  await page.reload();
  await page.getByRole("link", { name: "Erin Stone" }).click();
  await page.getByRole("radio", { name: /^auditor/i }).check();
  await expect(page.getByText(/may no longer call tools through the gateway/)).toBeVisible();
  await shot(page, "27-role");
  await page.getByRole("button", { name: "Change role" }).click();
  await expect(page.getByText("Erin Stone is auditor now")).toBeVisible();
  await eventually("their token is refused", async () => ((await status()) === 401 ? true : null), 2_000);

  await theirs.goto(`${product.origin}/w/${workspace.slug}`);
  const nav = theirs.getByRole("navigation", { name: "Main" });
  await expect(nav.getByRole("link")).toHaveText([
    ...["Overview", "Tools", "Calls", "Analytics"],
    ...["Servers", "Hub", "Members", "Audit", "Exports"],
  ]);
  await expect(theirs.getByText("You are an auditor here")).toBeVisible();
  await shot(theirs, "28-auditor");
  const closed = await theirs.goto(`${product.origin}/w/${workspace.slug}/tokens`);
  expect(closed?.status()).toBe(403);
  await expect(
    theirs.getByText(/Only owners, admins and members of this workspace may create and revoke own tokens/),
  ).toBeVisible();
  await theirs.close();
  expect(errors).toEqual([]);
});

test(proves("dashboard:scope"), async ({ page, product, workspace, upstream }) => {
  await workspace.addSecret("vault", upstream);
  const client = await connect(workspace.sse, workspace.token, "http");
  let changed = 0;
  client.setNotificationHandler(ToolListChangedNotificationSchema, () => {
    changed++;
  });
  const names = async () => (await client.listTools()).tools.map(({ name }) => name);
  const all = await names();
  expect(all).toContain("vault__whoami");

  const errors = watchErrors(page);
  await signIn(page, product);
  await page.goto(`${product.origin}/w/${workspace.slug}`);
  await visit(page, "Members");
  await page.getByRole("link", { name: workspace.member }).click();
  await page.getByLabel("Chosen servers and tools").check();
  await page.getByText("Choose tools").click();
  for (const tool of all.filter((name) => name !== "vault__echo"))
    await page.getByRole("checkbox", { name: tool.replace("vault__", ""), exact: true }).uncheck();
  await expect(page.getByText(`${workspace.member} sees 1 of ${all.length} tools`)).toBeVisible();
  await page.getByRole("button", { name: "Save tools" }).click();
  await expect(page.getByText("Tools saved")).toBeVisible();
  await shot(page, "30-scope");

  await eventually("the connected client is told", () => (changed > 0 ? true : null), 6_000);
  await eventually("its list shrinks", async () => ((await names()).join() === "vault__echo" ? true : null), 5_000);
  const refused = await rpc(workspace.sse, workspace.token, "tools/call", { name: "vault__whoami", arguments: {} });
  expect(refused.text).toMatch(/isError":true|"code":-32602/);
  expect(upstream.calls("whoami").length).toBe(0);
  expect((await callTool(workspace.sse, workspace.token, "vault__echo", {})).message?.result?.isError).toBeFalsy();

  await page.getByLabel("All servers").check();
  await page.getByRole("button", { name: "Save tools" }).click();
  await eventually("all tools are back", async () => ((await names()).length === all.length ? true : null), 5_000);
  await client.close();
  expect(errors).toEqual([]);
});

test(proves("dashboard:rule"), async ({ page, product, workspace, upstream }) => {
  await workspace.addSecret("vault", upstream);
  const errors = watchErrors(page);
  await signIn(page, product);
  await page.goto(`${product.origin}/w/${workspace.slug}`);
  await visit(page, "Rules");
  await page.getByRole("button", { name: "New rule" }).click();
  await page.getByLabel("Tool", { exact: true }).selectOption("add");
  await page.getByLabel("Argument", { exact: true }).selectOption({ label: "n (number)" });
  await expect(page.getByLabel("Condition", { exact: true })).toHaveValue("lte");
  await page.getByLabel("Value", { exact: true }).fill("100");
  await expect(page.getByText("Arguments of calls are not kept")).toBeVisible();
  await page.getByLabel("Arguments to try").fill('{"n": 250}');
  await page.getByRole("button", { name: "Test rule" }).click();
  await expect(page.getByText("must be at most 100; you sent 250.")).toBeVisible();
  await page.getByLabel("Arguments to try").fill('{"n": 99}');
  await page.getByRole("button", { name: "Test rule" }).click();
  await expect(page.getByRole("status").getByText("Allowed")).toBeVisible();
  await shot(page, "31-rule-form");
  await page.getByRole("button", { name: "Save rule" }).click();
  await expect(page.getByText("must be at most 100")).toBeVisible();
  await shot(page, "32-rules");

  const call = async (n: number) => {
    const { message } = await callTool(workspace.sse, workspace.token, "vault__add", { n });
    return { isError: message?.result?.isError === true, text: textOf(message?.result) };
  };
  await eventually("the rule holds", async () => ((await call(250)).isError ? true : null), 5_000);
  const before = upstream.calls("add").length;
  expect(await call(250)).toEqual({
    isError: true,
    text: expect.stringContaining("`n` must be at most 100; you sent 250"),
  });
  expect(upstream.calls("add").length, "the server was not asked").toBe(before);
  expect(await call(99)).toEqual({ isError: false, text: "100" });

  await page.getByRole("button", { name: /Delete rule/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete rule" }).click();
  await expect(page.getByText("No rule yet")).toBeVisible();
  await eventually("it is allowed again", async () => ((await call(250)).text === "251" ? true : null), 5_000);
  expect(errors).toEqual([]);
});

test(proves("dashboard:remove-member"), async ({ page, product, workspace, upstream }) => {
  await workspace.addSecret("vault", upstream);
  const client = await connect(workspace.sse, workspace.token, "http");
  await client.listTools();
  await signIn(page, product);
  await page.goto(`${product.origin}/w/${workspace.slug}/members`);
  await page.getByRole("link", { name: workspace.member }).click();
  await page.getByRole("button", { name: "Remove member" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("This ends")).toBeVisible();
  await expect(dialog.getByText("1 token", { exact: true })).toBeVisible();
  await expect(dialog.getByText(/1 shared secret: they never saw one/)).toBeVisible();
  await shot(page, "33-remove-preview");
  expect((await callTool(workspace.sse, workspace.token, "vault__echo")).status, "nothing ended yet").toBe(200);
  await dialog.getByRole("button", { name: "Remove member" }).click();
  await expect(page.getByRole("heading", { name: `${workspace.member} is removed` })).toBeVisible();
  await expect(page.getByRole("dialog").getByText("Ended", { exact: true })).toBeVisible();
  await shot(page, "34-removed");
  await eventually(
    "the token is refused",
    async () => ((await callTool(workspace.sse, workspace.token, "vault__echo")).status === 401 ? true : null),
    2_000,
  );
  await page.getByRole("button", { name: "Done" }).click();
  await page.waitForURL(/\/members$/);
  await expect(page.getByRole("link", { name: workspace.member })).toHaveCount(0);
  await client.close();
});

test(proves("dashboard:audit"), async ({ page, product, workspace }) => {
  const errors = watchErrors(page);
  await signIn(page, product);
  await page.goto(`${product.origin}/w/${workspace.slug}`);
  await visit(page, "Audit");
  await page.getByRole("button", { name: "token.create" }).first().click();
  const change = page.getByRole("dialog").getByRole("list", { name: "Before and after" });
  await expect(change.getByText(`member: ${workspace.member}`)).toBeVisible();
  await shot(page, "35-audit-event");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Verify" }).click();
  await expect(page.getByText(/\d+ events, unbroken/)).toBeVisible();
  await shot(page, "36-audit-verified");
  await page.getByRole("button", { name: /^Action/ }).click();
  await page.getByRole("option", { name: /All of workspace/ }).click();
  await expect(page.getByRole("button", { name: "token.create" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "workspace.create" })).toBeVisible();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByRole("menuitem", { name: /Whole chain/ }).click();
  expect((await download).suggestedFilename()).toMatch(new RegExp(`^audit_${workspace.slug}_.*\\.jsonl$`));
  expect(errors).toEqual([]);
});
