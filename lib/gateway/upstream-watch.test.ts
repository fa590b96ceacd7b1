import { afterEach, expect, test, vi } from "vitest";
import { createLog } from "@/lib/log";
import { UpstreamError } from "@/lib/mcp/transport";
import type { ListenOptions, UpstreamSession } from "@/lib/mcp/upstream";
import { gatewayWorld } from "@/lib/testing/gateway-world";
import type { UpstreamServer, WorkspaceSnapshot } from "./ports";
import type { UpstreamPool } from "./upstream-pool";
import { UpstreamWatch, type Wanted } from "./upstream-watch";

const { snapshot } = await gatewayWorld(() => Promise.reject(new Error("none")));
const server = snapshot.servers[0] as UpstreamServer;
const all = { tools: { listChanged: true }, prompts: { listChanged: true }, resources: { subscribe: true } };

const open: UpstreamWatch[] = [];
afterEach(() => {
  for (const watch of open.splice(0)) watch.close();
  vi.useRealTimers();
});

/** A watch over one server; `listen` is what its streams do. */
function world(capabilities: object, listen: (options: ListenOptions) => Promise<void>) {
  const listens: ListenOptions[] = [];
  const news: string[] = [];
  const session = {
    closed: false,
    info: { capabilities },
    listen: (options: ListenOptions) => {
      listens.push(options);
      return listen(options);
    },
  } as unknown as UpstreamSession;
  let opened = 0;
  const pool = {
    fingerprintOf: ({ id }: UpstreamServer) => id,
    session: async () => {
      opened++;
      return session;
    },
  } as unknown as UpstreamPool;
  const watch = new UpstreamWatch(
    pool,
    {
      list: async (_wanted, kind, said) => void news.push(`${kind} ${said ? "said" : "looked"}`),
      updated: (_server, json) => void news.push(json),
    },
    Date.now,
    createLog(() => undefined),
  );
  open.push(watch);
  return { watch, listens, news, opened: () => opened };
}

const wanted = (uris: string[] = [], of: UpstreamServer = server): Map<string, Wanted> =>
  new Map([[of.id, { server: of, workspace: snapshot as WorkspaceSnapshot, memberId: "mem_1", uris: new Set(uris) }]]);
const untilStopped = ({ signal, onOpen }: ListenOptions): Promise<void> => {
  onOpen?.();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve()));
};

test("one stream a server, for what it declares, and its news are passed on", async () => {
  const w = world(all, untilStopped);
  w.watch.want(wanted());
  w.watch.want(wanted());
  await w.watch.settled();
  expect(w.listens.map(({ filter }) => filter)).toEqual([
    { tools: true, prompts: true, resourceList: false, resources: [] },
  ]);
  expect(w.news.splice(0)).toEqual(["tools looked", "prompts looked"]);
  w.listens[0]?.onNotification('{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}');
  w.listens[0]?.onNotification('{"jsonrpc":"2.0","method":"notifications/message","params":{}}');
  expect(w.news).toEqual(["tools said"]);
});

test("another set of resources is another stream", async () => {
  const w = world(all, untilStopped);
  w.watch.want(wanted());
  await w.watch.settled();
  w.watch.want(wanted(["a://b"]));
  await w.watch.settled();
  expect(w.listens.map(({ filter, signal }) => [filter.resources, signal.aborted])).toEqual([
    [[], true],
    [["a://b"], false],
  ]);
  w.listens[1]?.onNotification('{"method":"notifications/resources/updated","params":{"uri":"a://b"}}');
  expect(w.news.at(-1)).toContain("a://b");
});

test.each([
  ["declares nothing", {}, untilStopped],
  ["has no such stream", all, () => Promise.reject(new UpstreamError("status", "no", 405))],
])("a server that %s is left alone", async (_, capabilities, listen) => {
  vi.useFakeTimers();
  const w = world(capabilities, listen);
  w.watch.want(wanted());
  await vi.advanceTimersByTimeAsync(120_000);
  expect(w.opened()).toBe(1);
});

test("a hosted server is not listened to", async () => {
  const w = world(all, untilStopped);
  w.watch.want(wanted([], { ...server, hosted: { dep: "d", rev: 1 } }));
  await w.watch.settled();
  expect(w.opened()).toBe(0);
});

test("a stream that breaks is opened again, later each time, and what was missed is looked for", async () => {
  vi.useFakeTimers();
  const w = world(all, async ({ onOpen }) => {
    onOpen?.();
    throw new UpstreamError("unreachable", "gone");
  });
  w.watch.want(wanted());
  await vi.advanceTimersByTimeAsync(500);
  expect(w.listens.length).toBe(1);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(w.listens.length).toBe(2);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(w.listens.length).toBe(2);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(w.listens.length).toBe(3);
  expect(w.news.filter((text) => text === "tools looked").length).toBe(3);
});

test("when nobody watches, the stream ends after a moment; whoever comes back meanwhile finds it", async () => {
  vi.useFakeTimers();
  const w = world(all, untilStopped);
  w.watch.want(wanted());
  await vi.advanceTimersByTimeAsync(10);
  w.watch.want(new Map());
  await vi.advanceTimersByTimeAsync(2_000);
  w.watch.want(wanted());
  await vi.advanceTimersByTimeAsync(10_000);
  expect([w.listens.length, w.listens[0]?.signal.aborted]).toEqual([1, false]);
  w.watch.want(new Map());
  await vi.advanceTimersByTimeAsync(6_000);
  expect([w.watch.size, w.listens[0]?.signal.aborted]).toEqual([0, true]);
});
