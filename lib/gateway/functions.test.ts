import { afterEach, expect, test } from "vitest";
import { type Failure, failed } from "@/lib/functions/failure";
import type { UpstreamTransport } from "@/lib/mcp/transport";
import { type Answer, fakeUpstream } from "@/lib/testing/fake-upstream";
import { gatewayWorld, type World } from "@/lib/testing/gateway-world";
import { functionTransport } from "./functions";

const RUNTIME = "http://127.0.0.1:4000";
const DEP = "a".repeat(64);

const opened: World[] = [];
afterEach(async () => {
  for (const world of opened.splice(0)) await world.gateway.close();
});

/** A workspace whose one server is hosted; nothing but the runtime may be dialled. @param refuse what the runtime refuses with */
async function world(answer: Answer, port = true, refuse?: Failure) {
  const dialled: string[] = [];
  const runtime = fakeUpstream(answer);
  const transport: UpstreamTransport = refuse ? async () => wrap(failed(refuse)) : runtime.transport;
  const functions = { url: RUNTIME, key: "the key", transport };
  const made = await gatewayWorld(
    (request) => {
      dialled.push(request.url);
      return Promise.reject(new Error("nobody may be dialled"));
    },
    ["echo"],
    port ? functions : null,
  );
  const server = made.snapshot.servers[0];
  if (!server) throw new Error("no server");
  Object.assign(server, { hosted: { dep: DEP, rev: 3 }, headers: [], url: "https://srv_1.functions.invalid/mcp" });
  opened.push(made);
  return { ...made, server, runtime, dialled };
}

const call = { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "up__echo", arguments: { n: 1 } } };
const contextOf = (request: { headers: Record<string, string> } | undefined) =>
  JSON.parse(request?.headers["x-rt-ctx"] ?? "null") as Record<string, unknown>;

test("a hosted server is called at the runtime, with the call's own context", async () => {
  const w = await world(() => ({ content: [{ type: "text", text: "hi" }] }));
  expect(await (await w.post(call)).json()).toMatchObject({ result: { content: [{ text: "hi" }] } });
  expect(w.dialled).toEqual([]);
  expect(new Set(w.runtime.requests.map(({ url }) => url))).toEqual(new Set([`${RUNTIME}/mcp`]));
  expect(w.runtime.requests.every(({ headers }) => headers["x-rt-key"] === "the key")).toBe(true);
  await w.gateway.close();
  const { id } = w.intents[0] ?? {};
  const whole = { ws: "ws_1", ins: "srv_1", dep: DEP, rev: 3, timeoutMs: 59_000 };
  const sent = w.runtime.requests.find(({ body }) => body?.includes('"tools/call"'));
  expect(contextOf(sent)).toEqual({ ...whole, call: id, user: "mem_1" });
  expect(contextOf(w.runtime.requests[0])).toEqual({ ...whole, call: "open", user: "mem_1" });
  expect(w.outcomes).toMatchObject([{ id, outcome: "ok" }]);
});

test("another deployment or revision is another session", async () => {
  const w = await world(() => ({ content: [] }));
  const opens = () => w.runtime.requests.filter(({ body }) => body?.includes('"initialize"')).length;
  await w.post(call);
  await w.post(call);
  expect(opens()).toBe(1);
  w.snapshot.servers = [{ ...w.server, hosted: { dep: DEP, rev: 4 } }];
  w.snapshot.version++;
  w.gateway.refresh();
  await w.post(call);
  expect(opens()).toBe(2);
});

test("its tools are those of the deployment: nobody is asked, nothing is saved", async () => {
  const w = await world(() => ({ tools: [] }));
  const answer = await (await w.post({ jsonrpc: "2.0", id: 1, method: "tools/list" })).json();
  expect(answer).toMatchObject({ result: { tools: [{ name: "up__echo" }] } });
  expect(w.runtime.requests).toEqual([]);
  expect(w.saved).toEqual([]);
});

test.each([
  ["quarantined", /"up" is paused .* crashed repeatedly/],
  ["deadline_exceeded", /"up" took too long/],
  ["runtime_crashed", /"up" ended in the middle/],
  ["unknown_deployment", /"up" was just changed/],
] as const)("%s is a result that names the server, and the row's class", async (failure, text) => {
  const w = await world(() => ({}), true, failure);
  const answer = (await (await w.post(call)).json()) as { result: { isError: boolean; content: { text: string }[] } };
  expect(answer.result.isError).toBe(true);
  expect(answer.result.content[0]?.text).toMatch(text);
  await w.gateway.close();
  expect(w.outcomes).toMatchObject([{ outcome: "error", errorClass: failure }]);
});

test("without a runtime the result says so, and nobody is dialled", async () => {
  const w = await world(() => ({}), false);
  const answer = await (await w.post(call)).text();
  expect(answer).toContain("cannot run functions");
  expect(w.dialled).toEqual([]);
});

test("the transport goes to the runtime and nowhere else", async () => {
  const { transport, requests } = fakeUpstream(() => ({}));
  const send = functionTransport({ url: RUNTIME, key: "k", transport });
  for (const url of ["https://srv_1.functions.invalid/mcp", `${RUNTIME}/other`, "http://127.0.0.1:4001/mcp"])
    await expect(send({ method: "POST", url, headers: {} })).rejects.toMatchObject({ reason: "refused_address" });
  expect(requests).toEqual([]);
});

const wrap = (response: Response) => ({
  status: response.status,
  header: (name: string) => response.headers.get(name),
  text: () => response.text(),
  stream: () => new ReadableStream<Uint8Array>(),
  discard: () => undefined,
});
