import { expect, test, vi } from "vitest";
import { handshake, reply, startFixture } from "./testing/fixture-server";
import { startOldServer } from "./testing/sdk-servers";
import { call, closing, failure, join, said } from "./testing/world";
import type { ClientReply, ListenFilter, ListenOptions, UpstreamSession } from "./upstream";

const KINDS = ["streamable-http", "sse"] as const;
const ALL: ListenFilter = { tools: true, prompts: true, resourceList: true, resources: [] };

async function oldServer(kind: (typeof KINDS)[number]) {
  const server = await startOldServer(kind);
  closing(server);
  const profile = { capabilities: { elicitation: { form: {} } } };
  return { server, session: await join(server.url, { transport: kind, era: "legacy", profile }) };
}

/** A listener that is there. */
async function listening(
  session: UpstreamSession,
  filter: Partial<ListenFilter> = {},
  more: Partial<ListenOptions> = {},
) {
  const controller = new AbortController();
  closing({ close: () => controller.abort() });
  const heard: string[] = [];
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const onNotification = (text: string) => void heard.push((JSON.parse(text) as { method: string }).method);
  const ended = session.listen({
    filter: { ...ALL, ...filter },
    onNotification,
    onOpen: () => open(),
    signal: controller.signal,
    ...more,
  });
  ended.catch(() => undefined);
  await Promise.race([opened, ended]);
  return { heard, ended, stop: () => controller.abort() };
}

test.each(KINDS)("over %s a listener hears of lists and of the resources it named", async (kind) => {
  const { server, session } = await oldServer(kind);
  const { heard, ended, stop } = await listening(session, { resources: ["note://a"] });
  expect(server.told).toEqual(["note://a"]);
  const from = server.servers.at(-1);
  from?.sendToolListChanged();
  await from?.server.sendResourceUpdated({ uri: "note://a" });
  await from?.server.sendLoggingMessage({ level: "info", data: "x" });
  await vi.waitFor(() =>
    expect(heard).toEqual([
      "notifications/tools/list_changed",
      "notifications/resources/updated",
      "notifications/message",
    ]),
  );
  stop();
  await ended;
});

test.each(KINDS)("over %s another filter costs only what differs", async (kind) => {
  const { server, session } = await oldServer(kind);
  const first = await listening(session, { resources: ["note://a", "note://b"] });
  first.stop();
  const second = await listening(session, { resources: ["note://b", "note://c"] });
  await first.ended;
  expect(server.told).toEqual(["note://a", "note://b", "-note://a", "note://c"]);
  server.servers.at(-1)?.sendToolListChanged();
  await vi.waitFor(() => expect([first.heard, second.heard]).toEqual([[], ["notifications/tools/list_changed"]]));
});

test.each(KINDS)("over %s the listener answers what is asked outside of any request", async (kind) => {
  const { server, session } = await oldServer(kind);
  const onRequest = async (): Promise<ClientReply> => ({ kind: "result", json: '{"action":"decline"}' });
  await listening(session, {}, { onRequest });
  const ask = { message: "Who?", requestedSchema: { type: "object" as const, properties: {} } };
  expect(await server.servers.at(-1)?.server.elicitInput(ask)).toEqual({ action: "decline" });
});

test.each(KINDS)("over %s only one may listen, and requests go on beside it", async (kind) => {
  const { session } = await oldServer(kind);
  const { heard } = await listening(session);
  const options = { filter: ALL, onNotification: () => undefined, signal: new AbortController().signal };
  expect((await failure(session.listen(options))).reason).toBe("aborted");
  expect(said(await call(session, {}, '{"name":"echo","arguments":{"text":"x"}}'))).toMatchObject({ text: "x" });
  expect(heard).toEqual([]);
});

test.each(KINDS)("over %s a stream that breaks ends the listening with an error", async (kind) => {
  const { server, session } = await oldServer(kind);
  const { ended } = await listening(session);
  await server.close();
  expect((await failure(ended)).reason).toBe("unreachable");
});

test("a listener survives a stop that came before it", async () => {
  const { session } = await oldServer("streamable-http");
  const options = { filter: ALL, onNotification: () => undefined };
  await session.listen({ ...options, signal: AbortSignal.abort() });
});

test("a session that the server lost is begun anew for the listener", async () => {
  const { server, session } = await oldServer("streamable-http");
  server.forget();
  const { heard } = await listening(session, { resources: ["note://a"] });
  expect(server.told).toEqual(["note://a"]);
  server.servers.at(-1)?.sendToolListChanged();
  await vi.waitFor(() => expect(heard).toEqual(["notifications/tools/list_changed"]));
});

test("a server without a stream says so", async () => {
  const fixture = await startFixture((each) => handshake(each, "s1") || reply(each, {}));
  closing(fixture);
  const session = await join(fixture.url, { era: "legacy" });
  const options = { filter: ALL, onNotification: () => undefined, signal: new AbortController().signal };
  expect(await failure(session.listen(options))).toMatchObject({ reason: "status", status: 405 });
});

test("a notification of the gateway reaches the server", async () => {
  const fixture = await startFixture((each) => handshake(each, "s1") || reply(each, {}));
  closing(fixture);
  const session = await join(fixture.url, { era: "legacy" });
  session.notify("notifications/roots/list_changed");
  await vi.waitFor(() => expect(fixture.methods().at(-1)).toBe("notifications/roots/list_changed"));
});
