import { ToolListChangedNotificationSchema } from "@modelcontextprotocol/sdk/types.js";
import { expect, proves, test } from "./fixtures";
import { FunctionsApi, SPIN, slackSource } from "./support/functions";
import { callTool, connect, textOf } from "./support/mcp";
import { eventually } from "./support/process";
import { startSlack } from "./support/slack-stand-in";
import { mintSecret, mintWorkspace } from "./support/workspace";

const MESSAGE = { channel: "#general", text: "Deployed." };

test(proves("functions:secret"), async ({ workspace, api, product }) => {
  test.setTimeout(90_000);
  const slack = await startSlack(`xoxb-${mintSecret()}`);
  const functions = new FunctionsApi(api, workspace.slug);
  const deployed = await functions.host("slack", slackSource(slack.port));
  expect(deployed.missingSecrets).toEqual(["SLACK_BOT_TOKEN"]);
  await functions.setSecret("slack", "SLACK_BOT_TOKEN", slack.token);
  expect((await functions.get("slack")).state).toBe("live");

  const client = await connect(workspace.mcp, workspace.token, "http");
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual(["slack__list_channels", "slack__send_message"]);
  const answer = await client.callTool({ name: "slack__send_message", arguments: MESSAGE });
  expect(answer.isError, textOf(answer)).toBeFalsy();
  expect(answer.structuredContent).toEqual({ channel: "#general", ts: expect.stringMatching(/^1700000000/) });
  expect(slack.requests).toEqual([
    { path: "/api/chat.postMessage", authorization: `Bearer ${slack.token}`, body: JSON.stringify(MESSAGE) },
  ]);
  await client.close();

  const [record] = await eventually("the request is recorded", async () => {
    const { requests } = await functions.egress("slack");
    return requests.length > 0 ? requests : null;
  });
  const [row] = await api.allCalls(workspace.slug, { server: "slack" });
  expect(row).toMatchObject({ tool: "send_message", outcome: "ok" });
  const shown = JSON.stringify([answer, record, row, await functions.get("slack"), await functions.logs("slack")]);
  expect(shown).not.toContain(slack.token);
  expect(product.output()).not.toContain(slack.token);
  expect(shown, "nor what stands in its place").not.toMatch(/ph_SLACK_BOT_TOKEN/);
  await slack.close();
});

test(proves("functions:attributed"), async ({ workspace, api }) => {
  test.setTimeout(90_000);
  const slack = await startSlack(`xoxb-${mintSecret()}`);
  const functions = new FunctionsApi(api, workspace.slug);
  await functions.host("slack", slackSource(slack.port));
  await functions.setSecret("slack", "SLACK_BOT_TOKEN", slack.token);
  const other = await workspace.issue(`Bob ${workspace.slug}`);
  for (const token of [workspace.token, other.token])
    expect((await callTool(workspace.mcp, token, "slack__send_message", MESSAGE)).text).toContain("1700000000");
  const requests = await eventually("both requests are recorded", async () => {
    const page = await functions.egress("slack");
    return page.requests.length === 2 ? page.requests : null;
  });
  const calls = await api.allCalls(workspace.slug, { server: "slack" });
  expect(requests.map(({ call, member }) => [call, member])).toEqual(calls.map(({ id, actor }) => [id, actor]));
  expect(requests[0]).toMatchObject({
    ...{ method: "POST", host: "127.0.0.1", path: "/api/chat.postMessage", status: 200, verdict: "ok", version: 1 },
  });
  await slack.close();
});

test(proves("functions:quarantine"), async ({ workspace, api, product }) => {
  test.setTimeout(120_000);
  const [bad, good] = [workspace, await mintWorkspace(api, product)];
  const functions = new FunctionsApi(api, bad.slug);
  await functions.host("spin", SPIN);
  await new FunctionsApi(api, good.slug).host("hello", SPIN);
  const greet = () => callTool(good.mcp, good.token, "hello__greet", { name: "Bo" });
  expect((await greet()).text).toContain("Hello, Bo!");

  const failures: string[] = [];
  const spinning = (async () => {
    const texts: string[] = [];
    while (texts.length < 4) {
      const { message } = await callTool(bad.mcp, bad.token, "spin__spin");
      expect(message?.result?.isError).toBe(true);
      texts.push(textOf(message?.result));
    }
    return texts;
  })();
  for (let round = 0; round < 10; round++) {
    const answers = await Promise.all(Array.from({ length: 20 }, greet));
    for (const { status, text } of answers)
      if (status !== 200 || !text.includes("Hello, Bo!")) failures.push(`${status} ${text}`);
  }
  const texts = await spinning;
  expect(failures, "200 calls of another workspace").toEqual([]);
  expect(texts[0]).toMatch(/"spin" ended in the middle of the call/);
  expect(texts.at(-1)).toMatch(/"spin" is paused for some minutes/);
  const classes = await eventually("each call says why", async () => {
    const rows = await api.allCalls(bad.slug, { server: "spin" });
    return rows.every(({ outcome }) => outcome === "error") ? rows.map(({ errorClass }) => errorClass) : null;
  });
  expect(classes).toEqual(["quarantined", "quarantined", "runtime_crashed", "runtime_crashed"]);
  expect((await functions.get("spin")).state).toBe("paused");
});

test(proves("functions:rollback"), async ({ workspace, api }) => {
  test.setTimeout(90_000);
  const functions = new FunctionsApi(api, workspace.slug);
  const first = await functions.host("spin", SPIN);
  const client = await connect(workspace.mcp, workspace.token, "http");
  let changed = 0;
  client.setNotificationHandler(ToolListChangedNotificationSchema, () => {
    changed++;
  });
  const greet = async () => textOf(await client.callTool({ name: "spin__greet", arguments: { name: "Bo" } }));
  expect(await greet()).toBe("Hello, Bo!");
  await functions.save("spin", SPIN.replace("Hello, ", "Goodbye, ").replace("spin: tool", "loop: tool"));
  expect(await greet(), "a draft answers nobody").toBe("Hello, Bo!");
  await functions.deploy("spin");
  const answers = (text: string) =>
    eventually(`it says ${text}`, async () => ((await greet()) === text ? true : null), 5_000);
  await answers("Goodbye, Bo!");
  await eventually("the connected client is told", () => (changed > 0 ? true : null), 6_000);
  expect((await client.listTools()).tools.map(({ name }) => name)).toEqual([
    "spin__count",
    "spin__greet",
    "spin__loop",
  ]);
  await functions.activate("spin", first.deployment.id);
  await answers("Hello, Bo!");
  await client.close();
});

test(proves("functions:progress"), async ({ workspace, api }) => {
  await new FunctionsApi(api, workspace.slug).host("spin", SPIN);
  const client = await connect(workspace.mcp, workspace.token, "http");
  const seen: { progress: number; at: number }[] = [];
  const onprogress = ({ progress }: { progress: number }) => void seen.push({ progress, at: performance.now() });
  const answer = await client.callTool({ name: "spin__count", arguments: {} }, undefined, { onprogress });
  const ended = performance.now();
  expect(textOf(answer)).toBe("counted");
  expect(seen.map(({ progress }) => progress)).toEqual([1, 2, 3]);
  expect(ended - (seen[0]?.at ?? ended), "while it ran, not at its end").toBeGreaterThan(250);
  await client.close();
});

test(proves("functions:restart"), async ({ workspace, api, product }) => {
  test.setTimeout(120_000);
  await new FunctionsApi(api, workspace.slug).host("hello", SPIN);
  const greet = async () =>
    textOf((await callTool(workspace.mcp, workspace.token, "hello__greet", { name: "Bo" })).message?.result);
  expect(await greet()).toBe("Hello, Bo!");
  for (const signal of ["SIGTERM", "SIGKILL"] as const) {
    await product.restart(signal);
    expect(await greet()).toBe("Hello, Bo!");
  }
});
