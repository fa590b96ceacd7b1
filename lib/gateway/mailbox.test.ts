import { afterEach, expect, test, vi } from "vitest";
import { generateMasterKey, importMasterKeys } from "@/lib/crypto/master-keys";
import { createLog } from "@/lib/log";
import { memoryRelay } from "@/lib/testing/memory-relay";
import { Mailbox } from "./mailbox";
import type { Relay } from "./ports";

const open: Mailbox[] = [];
afterEach(() => {
  for (const mailbox of open.splice(0)) mailbox.close();
  later = 0;
});

const keys = await importMasterKeys(generateMasterKey());
let later = 0;
function mailbox(relay: Relay | null, over = keys): Mailbox {
  const made = new Mailbox(
    relay,
    over,
    () => Date.now() + later,
    createLog(() => undefined),
  );
  open.push(made);
  return made;
}

test("a call reaches the handler of the node it names, and brings back what it returns", async () => {
  const relay = memoryRelay();
  const [a, b] = [mailbox(relay), mailbox(relay)];
  b.on("double", async (payload) => ({ twice: (payload as number) * 2 }));
  const done = b.expect();
  await b.take();
  expect(await a.call(b.node, "double", 21, 5_000)).toEqual({ twice: 42 });
  done();
});

test("a node that is gone, an unknown kind and a handler that throws are all null", async () => {
  const relay = memoryRelay();
  const [a, b] = [mailbox(relay), mailbox(relay)];
  expect(await a.call("nosuchnode", "x", 1, 5_000)).toBeNull();
  b.on("bad", () => {
    throw new Error("no");
  });
  const done = b.expect();
  await b.take();
  expect(await a.call(b.node, "bad", 1, 5_000)).toBeNull();
  expect(await a.call(b.node, "unknown", 1, 5_000)).toBeNull();
  done();
  relay.lose(b.node);
  expect(await a.call(b.node, "bad", 1, 5_000)).toBeNull();
});

test("a node that takes its mail but never answers is null after the time given", async () => {
  const relay = memoryRelay();
  const [a, b] = [mailbox(relay), mailbox(relay)];
  await b.take();
  expect(await a.call(b.node, "x", 1, 30)).toBeNull();
});

test("what is told reaches all others and not the teller", async () => {
  const relay = memoryRelay();
  const all = [mailbox(relay), mailbox(relay), mailbox(relay)];
  const heard: number[] = [];
  const done = all.map((one, i) => {
    one.on("news", (payload, from) => {
      expect(from).toBe(all[0]?.node);
      expect(payload).toBe("hello");
      heard.push(i);
    });
    return one.expect();
  });
  await Promise.all(all.map((one) => one.take()));
  all[0]?.tell("news", "hello");
  await vi.waitFor(() => expect(heard.sort()).toEqual([1, 2]));
  for (const end of done) end();
});

test("without a relay a call to oneself runs here, any other is null, and nothing is looked for", async () => {
  const alone = mailbox(null);
  alone.on("x", (payload) => payload);
  alone.expect();
  alone.linger();
  alone.tell("x", 1);
  expect([await alone.call(alone.node, "x", 7, 10), await alone.call("other", "x", 7, 10)]).toEqual([7, null]);
  expect(alone.running).toBe(false);
});

test("mail is sealed for one node of one installation", async () => {
  const relay = memoryRelay();
  const [a, b, c] = [mailbox(relay), mailbox(relay), mailbox(relay)];
  const stranger = mailbox(relay, await importMasterKeys(generateMasterKey()));
  const heard: string[] = [];
  for (const [name, one] of Object.entries({ b, c, stranger })) {
    one.on("note", () => void heard.push(name));
    await one.take();
  }
  void a.call(b.node, "note", "very secret", 20);
  await vi.waitFor(() => expect(relay.texts.length).toBe(1));
  const [text] = relay.texts;
  expect(text).not.toContain("secret");
  await relay.send(c.node, text ?? "");
  await relay.send(stranger.node, text ?? "");
  await relay.send(b.node, "v1.nonsense");
  await Promise.all([c.take(), stranger.take(), b.take()]);
  await vi.waitFor(() => expect(heard).toEqual(["b"]));
});

test("mail is looked for only while something can be addressed, and now and then for a minute after", async () => {
  const relay = memoryRelay();
  const one = mailbox(relay);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect([relay.taken, one.running]).toEqual([0, false]);
  const done = one.expect();
  await vi.waitFor(() => expect(relay.taken).toBeGreaterThan(1));
  done();
  done(); // counts once
  await new Promise((resolve) => setTimeout(resolve, 150));
  const { taken } = relay;
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(relay.taken).toBeLessThanOrEqual(taken + 1);
  expect(one.running).toBe(true);
  later = 61_000;
  await vi.waitFor(() => expect(one.running).toBe(false), 3_000);
});

test("a database that fails is asked again", async () => {
  const relay = memoryRelay();
  let failing = true;
  const one = mailbox({ ...relay, take: (node) => (failing ? Promise.reject(new Error("down")) : relay.take(node)) });
  const two = mailbox(relay);
  one.on("x", () => "here");
  one.expect();
  await new Promise((resolve) => setTimeout(resolve, 120));
  failing = false;
  await one.take();
  expect(await two.call(one.node, "x", null, 5_000)).toBe("here");
});
