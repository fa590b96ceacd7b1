import { expect, test, vi } from "vitest";
import { fakeUpstream } from "@/lib/testing/fake-upstream";
import { gatewayWorld } from "@/lib/testing/gateway-world";

const call = (id: number) => ({
  jsonrpc: "2.0",
  id,
  method: "tools/call",
  params: { name: "up__echo", arguments: {} },
});

test("a call that cannot be recorded after its answer became a stream still gets its error", async () => {
  const w = await gatewayWorld(fakeUpstream(() => ({ content: [] })).transport);
  await w.post(call(0));
  const write = vi.fn(() => new Promise<void>(() => undefined));
  w.hooks.writeCalls = write;
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const until = async (isSo: () => boolean) => {
    while (!isSo()) await new Promise(setImmediate);
  };
  try {
    // The second waits for the first one's write as well, 5 s each.
    const first = w.post(call(1));
    await until(() => write.mock.calls.length === 1);
    const second = w.post(call(2));
    for (let turn = 0; turn < 100; turn++) await new Promise(setImmediate);
    await vi.advanceTimersByTimeAsync(5_000);
    expect((await first).status).toBe(503);
    await until(() => write.mock.calls.length === 2);
    await vi.advanceTimersByTimeAsync(5_000);
    const late = await second;
    expect(late.headers.get("content-type")).toContain("text/event-stream");
    expect(await late.text()).toMatch(/data: \{"jsonrpc":"2.0","id":2,"error":\{"code":-32603,.*cannot record/);
  } finally {
    vi.useRealTimers();
    w.hooks.writeCalls = undefined;
    await w.gateway.close();
  }
});
