import { createHash } from "node:crypto";
import type { Page } from "playwright/test";
import { expect, proves, test } from "./fixtures";
import { shot, signIn, visit, watchErrors } from "./support/browser";
import { FunctionsApi, SPIN, slackSource } from "./support/functions";
import { callTool, connect, textOf } from "./support/mcp";
import { startSlack } from "./support/slack-stand-in";
import { shots } from "./support/visual";
import { mintSecret } from "./support/workspace";

/** Puts a whole text into the editor, as pasting does. */
async function write(page: Page, file: string, text: string): Promise<void> {
  await page.getByLabel(`Code of ${file}`).click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(text);
}

test(proves("dashboard:function"), async ({ page, product, workspace }) => {
  test.setTimeout(120_000);
  const slack = await startSlack(`xoxb-${mintSecret()}`);
  const errors = watchErrors(page);
  await signIn(page, product);
  await page.goto(`${product.origin}/w/${workspace.slug}`);
  await visit(page, "Functions");
  await shots(page, "40-functions-empty");
  await page
    .getByRole("main")
    .getByRole("link", { name: /^Slack/ })
    .click();
  await expect(page.getByLabel("Slug")).toHaveValue("slack");
  await shot(page, "41-function-new");
  await page.getByRole("button", { name: "Create and open the code" }).click();

  const problems = page.getByRole("region", { name: "Problems" });
  await expect(page.getByText("Send a message to a Slack channel.")).toBeVisible();
  const source = slackSource(slack.port);
  await write(page, "server.ts", source.replace("channel: sent.channel", "chanel: sent.channel"));
  const problem = problems.getByRole("button", { name: /server\.ts:\d+/ }).first();
  await expect(problem).toBeVisible({ timeout: 20_000 });
  await shot(page, "42-function-problem");
  await write(page, "server.ts", source);
  await expect(problems.getByText("No problems")).toBeVisible({ timeout: 20_000 });
  await page.getByRole("button", { name: "Deploy", exact: true }).click();
  const deploying = page.getByRole("region", { name: "Deploy" });
  await expect(deploying.getByText("Version 1 is live.")).toBeVisible({ timeout: 30_000 });
  await expect(deploying.getByText("slack__send_message")).toBeVisible();
  await expect(deploying.getByText("1 secret waits for a value")).toBeVisible();
  await shots(page, "43-function-deployed");

  await deploying.getByRole("button", { name: "Set it" }).click();
  await page.getByRole("button", { name: "Set SLACK_BOT_TOKEN" }).click();
  await page.getByRole("dialog").getByLabel("Value").fill(slack.token);
  await page.getByRole("dialog").getByRole("button", { name: "Seal" }).click();
  await expect(page.getByText("SLACK_BOT_TOKEN is sealed")).toBeVisible();
  await expect(page.getByText("Sealed", { exact: true })).toBeVisible();

  const client = await connect(workspace.mcp, workspace.token, "http");
  const sent = await client.callTool({ name: "slack__send_message", arguments: { channel: "#dev", text: "Hi" } });
  expect(sent.isError, textOf(sent)).toBeFalsy();
  expect(slack.requests.map(({ authorization }) => authorization)).toEqual([`Bearer ${slack.token}`]);
  await client.close();

  await page.getByRole("tab", { name: "Outbound" }).click();
  const outbound = page.getByRole("table", { name: /Outbound requests/ });
  await expect(async () => {
    await page.getByRole("button", { name: "Refresh" }).click();
    await expect(outbound.getByRole("button", { name: workspace.member })).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 10_000 });
  await expect(outbound.getByText("127.0.0.1/api/chat.postMessage")).toBeVisible();
  await expect(outbound.getByText("200", { exact: true })).toBeVisible();
  await shots(page, "44-function-outbound");
  const pages = [await page.content()];
  for (const tab of ["Code", "Logs", "Settings", "Deployments"]) {
    await page.getByRole("tab", { name: tab }).click();
    pages.push(await page.content());
  }
  await visit(page, "Calls");
  await expect(page.getByText("send_message").first()).toBeVisible();
  pages.push(await page.content());
  expect(pages.filter((html) => html.includes(slack.token))).toEqual([]);
  expect(errors).toEqual([]);
  await slack.close();
});

test(proves("dashboard:function-versions"), async ({ page, product, workspace, api }) => {
  test.setTimeout(90_000);
  const functions = new FunctionsApi(api, workspace.slug);
  await functions.host("spin", SPIN);
  const errors = watchErrors(page);
  await signIn(page, product);
  await page.goto(`${product.origin}/w/${workspace.slug}/functions/spin?tab=test`);
  await page.getByLabel("Tool", { exact: true }).selectOption("greet");
  await page.getByRole("main").getByLabel("name", { exact: true }).fill("Bo");
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await expect(page.getByText("Hello, Bo!").first()).toBeVisible();
  await shot(page, "45-function-test");

  await functions.save("spin", SPIN.replace("Hello, ", "Goodbye, "));
  await functions.deploy("spin");
  await page.goto(`${product.origin}/w/${workspace.slug}/functions/spin?tab=deployments`);
  await shots(page, "46-function-deployments");
  await page.getByRole("button", { name: "Compare and roll back" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("Goodbye, ").first()).toBeVisible();
  await shot(page, "47-function-diff");
  await dialog.getByRole("button", { name: "Roll back to version 1" }).click();
  await expect(page.getByText("Version 1 answers now")).toBeVisible();
  await expect(async () => {
    const { message } = await callTool(workspace.mcp, workspace.token, "spin__greet", { name: "Bo" });
    expect(textOf(message?.result)).toBe("Hello, Bo!");
  }).toPass({ timeout: 5_000 });
  expect(errors).toEqual([]);
});

test(proves("functions:upload"), async ({ workspace, api }) => {
  test.setTimeout(60_000);
  const code = `export default { async fetch(request) {
    const { id, method, params } = await request.json();
    if (id === undefined) return new Response(null, { status: 202 });
    const results = {
      initialize: { protocolVersion: "2025-06-18", capabilities: { tools: {} }, serverInfo: { name: "big", version: "1" } },
      "tools/list": { tools: [{ name: "size", inputSchema: { type: "object" } }] },
      "tools/call": { content: [{ type: "text", text: "here" }] },
    };
    return Response.json({ jsonrpc: "2.0", id, result: results[method] });
  } };\n/*${"x".repeat(5 << 20)}*/`;
  const manifest = { hosts: [], secrets: {}, limits: { deadlineMs: 30_000, concurrency: 32 } };
  const sha256 = createHash("sha256").update(code).digest("hex");
  const bundle = { slug: "big", code, sha256, files: { "server.js": "// big" }, entry: "server.js", manifest };
  const upload = (change: object) =>
    api.send("POST", `/workspaces/${workspace.slug}/functions`, { ...bundle, ...change });
  expect((await upload({ sha256: "0".repeat(64) })).status, "what arrived is not what was built").toBe(422);
  const wider = { ...manifest, hosts: [{ host: "evil.example" }] };
  expect((await upload({ manifest: wider })).status, "a forged manifest").toBe(422);
  expect((await upload({ code: `${code}${"y".repeat(6 << 20)}` })).status, "larger than 10 MiB").toBe(413);
  const answer = await upload({});
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  expect(await callTool(workspace.mcp, workspace.token, "big__size")).toMatchObject({
    message: { result: { content: [{ text: "here" }] } },
  });
});
