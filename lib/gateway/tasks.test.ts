import { expect, test } from "vitest";
import { fakeUpstream } from "@/lib/testing/fake-upstream";
import { gatewayWorld } from "@/lib/testing/gateway-world";

const HELLO = { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "t", version: "1" } };
const rpc = (method: string, params?: unknown) => ({ jsonrpc: "2.0", id: 1, method, params });

test("tasks of everybody are neither listed nor offered on a single-server endpoint", async () => {
  const tasks = { cancel: {}, requests: { tools: { call: {} } } };
  const upstream = fakeUpstream(() => ({ tools: [] }), { tools: {}, tasks: { list: {}, ...tasks } });
  const w = await gatewayWorld(upstream.transport);
  const path = "/ws/acme/s/up/mcp";
  const welcome = await (await w.post(rpc("initialize", HELLO), {}, path)).json();
  expect(welcome.result.capabilities.tasks).toEqual(tasks);
  expect(await (await w.post(rpc("tasks/list"), {}, path)).json()).toMatchObject({ error: { code: -32601 } });
  expect(upstream.requests.some(({ body }) => body?.includes("tasks/list"))).toBe(false);
  await w.gateway.close();
});
