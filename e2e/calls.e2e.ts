import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { AuditPage } from "@/lib/services/audit/view";
import type { CallView } from "@/lib/services/call/view";
import { expect, proves, test } from "./fixtures";
import { shot, signIn, watchErrors } from "./support/browser";
import { callTool } from "./support/mcp";
import { eventually } from "./support/process";
import type { Workspace } from "./support/workspace";

/** The newest call of a workspace, once its outcome is written. */
const newestCall = (workspace: Workspace): Promise<CallView> =>
  eventually("the call is in the log", async () => {
    const [call] = (await workspace.api.listCalls(workspace.slug)).calls;
    return call && call.outcome !== "pending" ? call : null;
  });

test(proves("calls:drawer"), async ({ page, context, product, workspace, upstream }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await workspace.addSecret("vault", upstream);
  await callTool(workspace.mcp, workspace.token, "vault__nope");
  const refused = await newestCall(workspace);
  await callTool(workspace.mcp, workspace.token, "vault__echo", { message: "hi" });
  const errors = watchErrors(page);
  await signIn(page, product);
  const calls = `${product.origin}/w/${workspace.slug}/calls`;

  await page.goto(`${calls}?outcome=ok&call=${refused.id}`);
  const drawer = page.getByRole("dialog", { name: "Call" });
  await expect(drawer.getByText("There is no such tool here"), "a call that the filters leave out").toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page).not.toHaveURL(/call=/);

  // By keyboard: the first row has the focus of the table, Enter opens it.
  await page.locator("tr[data-row='0']").focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/call=call_/);
  await expect(drawer.getByRole("region", { name: "Timing" })).toContainText("Gateway, before");
  await shot(page, "60-call-drawer");
  await drawer.getByRole("button", { name: "Copy as curl" }).click();
  await expect(page.getByText("curl command copied")).toBeVisible();
  const command = await page.evaluate(() => navigator.clipboard.readText());
  expect(command).not.toContain("mwt_");
  const before = upstream.calls("echo").length;
  const env = { ...process.env, AEROSTACK_TOKEN: workspace.token };
  // Not in one go: the upstream that answers lives in this process.
  const { stdout } = await promisify(execFile)("sh", ["-c", command], { env });
  const { result } = JSON.parse(stdout) as { result: { isError?: boolean; content: unknown[] } };
  expect(result).toMatchObject({ content: [{ type: "text" }] });
  expect(result.isError).toBeFalsy();
  expect(upstream.calls("echo").length).toBe(before + 1);
  await drawer.getByRole("tab", { name: "Payload" }).click();
  await expect(drawer.getByText("Payload capture is off in this workspace")).toBeVisible();
  expect(errors).toEqual([]);

  await page.goto(`${calls}?call=call_000000000000000000000000`);
  await expect(drawer.getByText("There is no such call in this workspace.")).toBeVisible();
});

test(proves("calls:payload"), async ({ page, product, workspace, upstream }) => {
  await workspace.addSecret("vault", upstream);
  const errors = watchErrors(page);
  await signIn(page, product);
  const settings = `${product.origin}/w/${workspace.slug}/settings`;
  await page.goto(settings);
  const capture = page.getByRole("region", { name: "Payloads" });
  await capture.getByLabel("Keep arguments").selectOption({ label: "For 7 days" });
  await capture.getByRole("switch", { name: "Keep results too" }).click();
  await capture.getByLabel("Leave out the values of").fill("Customer-Name");
  await capture.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved, for calls from now on")).toBeVisible();

  const args = { message: "visible", password: "hunter2", nested: [{ customerName: "hunter2" }] };
  await eventually("the gateway keeps payloads", async () => {
    await callTool(workspace.mcp, workspace.token, "vault__echo", args);
    const { id } = await newestCall(workspace);
    const call = await workspace.api.send("GET", `/workspaces/${workspace.slug}/calls/${id}`);
    return (call.body as { kept: { result: boolean } }).kept.result ? true : null;
  });
  const call = await newestCall(workspace);
  await page.goto(`${product.origin}/w/${workspace.slug}/calls?call=${call.id}`);
  const drawer = page.getByRole("dialog", { name: "Call" });
  await drawer.getByRole("tab", { name: "Payload" }).click();
  await drawer.getByRole("button", { name: "Show payload" }).click();
  await expect(drawer.getByText("visible").first()).toBeVisible();
  await expect(drawer.getByText(/Result, \d+ bytes/)).toBeVisible();
  await expect(drawer).not.toContainText("hunter2");
  await shot(page, "61-call-payload");
  const read = await workspace.api.send("GET", `/workspaces/${workspace.slug}/audit?action=call.payload_read`);
  expect((read.body as AuditPage).events).toMatchObject([{ targetId: call.id, actorRole: "owner" }]);

  await page.goto(settings);
  await capture.getByLabel("Keep arguments").selectOption({ label: "Not at all" });
  await capture.getByRole("button", { name: "Save" }).click();
  const sure = page.getByRole("dialog", { name: "Stop keeping payloads?" });
  await expect(sure.getByText(/The payloads of \d+ calls?/)).toBeVisible();
  await sure.getByRole("button", { name: "Stop and delete" }).click();
  await expect(page.getByText("Payloads are not kept")).toBeVisible();
  const payload = await workspace.api.send("GET", `/workspaces/${workspace.slug}/calls/${call.id}/payload`);
  expect(payload.body).toEqual({ arguments: null, result: null });
  expect(errors).toEqual([]);
});

test(proves("gateway:ip-list"), async ({ page, product, workspace, upstream }) => {
  await workspace.addSecret("vault", upstream);
  const path = `/workspaces/${workspace.slug}/settings`;
  await workspace.api.send("PATCH", path, { ipAllow: ["192.0.2.0/24"] });
  const before = upstream.calls().length;
  const refused = await eventually("the list holds", async () => {
    const answer = await callTool(workspace.mcp, workspace.token, "vault__echo");
    return answer.status === 403 ? answer : null;
  });
  expect(refused.message?.error?.message).toContain("is not on this workspace's list");
  expect(await newestCall(workspace)).toMatchObject({
    outcome: "denied",
    errorClass: "ip_denied",
    actor: workspace.member,
    tool: "echo",
  });
  await signIn(page, product);
  await page.goto(`${product.origin}/w/${workspace.slug}/settings#gateway`);
  const gateway = page.getByRole("region", { name: "Gateway" });
  await expect(gateway.getByText(/Your own address \S+ is not in this list/)).toBeVisible();
  await expect(async () => {
    // What is typed before the page is alive is not heard.
    await gateway.getByLabel("Addresses and ranges").fill("192.0.2.0/24");
    await gateway.getByLabel("Addresses and ranges").fill("192.0.2.0/24\nexample.com");
    await expect(gateway.getByText(/example\.com: no address or range/)).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await gateway.getByLabel("Addresses and ranges").fill("192.0.2.0/24");
  await gateway.getByRole("button", { name: "Add it" }).click();
  await gateway.getByRole("button", { name: "Save list" }).click();
  await expect(page.getByText("The list holds from now on")).toBeVisible();
  await eventually("calls from here are taken", async () =>
    (await callTool(workspace.mcp, workspace.token, "vault__echo")).status === 200 ? true : null,
  );
  expect(upstream.calls().length).toBeGreaterThan(before);
});

test(proves("workspace:slug-change"), async ({ page, product, workspace, upstream }) => {
  await workspace.addSecret("vault", upstream);
  await callTool(workspace.mcp, workspace.token, "vault__echo");
  const next = `${workspace.slug}-b`;
  await signIn(page, product);
  await page.goto(`${product.origin}/w/${workspace.slug}/settings`);
  await page.getByLabel("Slug", { exact: true }).fill(next);
  await page.getByRole("button", { name: "Change URL" }).click();
  const sure = page.getByRole("dialog");
  await expect(sure.getByText(/2 members with 1 working token/)).toBeVisible();
  await sure.getByLabel(`Type ${workspace.slug} to confirm`).fill(workspace.slug);
  await sure.getByRole("button", { name: "Change URL" }).click();
  await page.waitForURL(new RegExp(`/w/${next}/settings`));
  const url = `${product.origin}/ws/${next}/mcp`;
  await eventually("the new URL answers", async () =>
    (await callTool(url, workspace.token, "vault__echo")).status === 200 ? true : null,
  );
  const [old, unknown] = await Promise.all(
    [workspace.mcp, `${product.origin}/ws/never-was-here/mcp`].map((at) =>
      callTool(at, workspace.token, "vault__echo"),
    ),
  );
  expect(old?.status).toBe(404);
  expect(old?.text).toBe(unknown?.text);
});
