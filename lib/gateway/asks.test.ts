import { afterEach, expect, test, vi } from "vitest";
import { generateMasterKey, importMasterKeys } from "@/lib/crypto/master-keys";
import { createLog } from "@/lib/log";
import { memoryRelay } from "@/lib/testing/memory-relay";
import { Asks } from "./asks";
import { Mailbox } from "./mailbox";
import { type Message, parseMessage } from "./message";

const keys = await importMasterKeys(generateMasterKey());
const open: Mailbox[] = [];
afterEach(() => {
  for (const mailbox of open.splice(0)) mailbox.close();
});

function node(relay: ReturnType<typeof memoryRelay> | null) {
  const mailbox = new Mailbox(
    relay,
    keys,
    Date.now,
    createLog(() => undefined),
  );
  open.push(mailbox);
  return { mailbox, asks: new Asks(mailbox) };
}

const alice = { sessionId: "s1", tokenId: "t1" };
const elicit = { method: "elicitation/create", params: '{"message":"Who?"}' };
const answerTo = (id: string, rest = '"result":{"action":"accept","x":1.0}') =>
  parseMessage(`{"jsonrpc":"2.0","id":${JSON.stringify(id)},${rest}}`) as Message;

/** Asks and gives back what was put before the client. */
async function ask(asks: Asks, signal = new AbortController().signal) {
  const sent: string[] = [];
  const reply = asks.ask(alice, elicit, (json) => void sent.push(json), signal);
  reply.catch(() => undefined);
  await vi.waitFor(() => expect(sent.length).toBe(1));
  return { reply, sent, id: (JSON.parse(sent[0] ?? "{}") as { id: string }).id };
}

test("a question goes out as it is and its answer comes back byte for byte, once", async () => {
  const { asks } = node(null);
  const { reply, sent, id } = await ask(asks);
  expect(sent).toEqual([`{"jsonrpc":"2.0","id":"${id}","method":"elicitation/create","params":{"message":"Who?"}}`]);
  expect(await asks.answer(alice, answerTo(id))).toBe(true);
  expect(await reply).toEqual({ kind: "result", json: '{"action":"accept","x":1.0}' });
  expect(await asks.answer(alice, answerTo(id))).toBe(false);
  expect(asks.size).toBe(0);
});

test("an error is an answer too", async () => {
  const { asks } = node(null);
  const { reply, id } = await ask(asks);
  await asks.answer(alice, answerTo(id, '"error":{"code":-32601,"message":"no"}'));
  expect(await reply).toEqual({ kind: "error", json: '{"code":-32601,"message":"no"}' });
});

test("an answer that lands on another node finds its way", async () => {
  const relay = memoryRelay();
  const [a, b] = [node(relay), node(relay)];
  const { reply, id } = await ask(a.asks);
  expect(await b.asks.answer(alice, answerTo(id))).toBe(true);
  expect(await reply).toMatchObject({ kind: "result" });
});

test.each([
  ["another session", { sessionId: "s2", tokenId: "t1" }],
  ["another token", { sessionId: "s1", tokenId: "t2" }],
])("%s cannot answer", async (_, other) => {
  const { asks } = node(null);
  const { id } = await ask(asks);
  expect(await asks.answer(other, answerTo(id))).toBe(false);
  expect(asks.size).toBe(1);
});

test.each(["", "x", "node.unknown", "."])("an answer to %j is nobody's", async (id) => {
  const { asks } = node(null);
  await ask(asks);
  expect(await asks.answer(alice, answerTo(id))).toBe(false);
});

test("when the client leaves, the question is taken back", async () => {
  const { asks } = node(null);
  const gone = new AbortController();
  const { reply, sent, id } = await ask(asks, gone.signal);
  gone.abort();
  await expect(reply).rejects.toThrow("The client gave no answer");
  expect(JSON.parse(sent[1] ?? "{}")).toMatchObject({ method: "notifications/cancelled", params: { requestId: id } });
  expect(asks.size).toBe(0);
});
