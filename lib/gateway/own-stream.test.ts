import { expect, test, vi } from "vitest";
import type { ListenOptions } from "@/lib/mcp/upstream";
import { OwnStream } from "./own-stream";
import type { Principal, UpstreamServer } from "./ports";
import type { View } from "./scope";
import type { Session } from "./session";

const SERVER = { id: "srv_1", slug: "up", tools: [], hosted: null, era: "legacy" } as unknown as UpstreamServer;
const VIEW = { workspace: { id: "ws_1" }, only: SERVER, era: "legacy" } as unknown as View;
const SESSION = { id: "ses_1", capabilities: {} } as Session;
const may = { memberId: "mem_1", tokenId: "tok_1", toolScope: null } as Principal;
const mayNot: Principal = { ...may, toolScope: { readOnly: false, servers: { srv_2: null } } };
const STRAY = '{"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","data":"x"}}';

/** A client's stream before one older server, whose end can be spoken from. */
function world() {
  const listening: ListenOptions[] = [];
  const session = {
    era: "legacy",
    listen: (options: ListenOptions) => {
      listening.push(options);
      return new Promise<void>((resolve) => options.signal.addEventListener("abort", () => resolve()));
    },
  };
  const engine = {
    pool: { fingerprintOf: () => "same", session: async () => session },
    clients: { subscriptionsOf: () => [] },
    asks: {},
  };
  const stream = { message: vi.fn(), offer: vi.fn() };
  const parts = { engine, news: {}, session: () => SESSION, stream };
  return { listening, stream, own: new OwnStream(parts as unknown as ConstructorParameters<typeof OwnStream>[0]) };
}

test("what a server says outside of any request reaches its client, until the client may use nothing of it", async () => {
  const { listening, stream, own } = world();
  own.follow(VIEW, may);
  await vi.waitFor(() => expect(listening).toHaveLength(1));
  own.follow(VIEW, may);
  listening[0]?.onNotification?.(STRAY);
  expect(stream.offer.mock.calls).toEqual([[STRAY]]);
  expect([own.carries, listening[0]?.signal.aborted, listening.length]).toEqual([true, false, 1]);

  own.follow(VIEW, mayNot);
  expect([own.carries, listening[0]?.signal.aborted]).toEqual([false, true]);
  own.follow(VIEW, may);
  await vi.waitFor(() => expect(listening).toHaveLength(2));
  own.close();
});

test("nobody listens for a client that may use nothing of the server", async () => {
  const { listening, own } = world();
  own.follow(VIEW, mayNot);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect([own.carries, listening.length]).toEqual([false, 0]);
});
