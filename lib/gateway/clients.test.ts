import { afterEach, expect, test, vi } from "vitest";
import { generateMasterKey, importMasterKeys } from "@/lib/crypto/master-keys";
import { createLog } from "@/lib/log";
import { memoryRelay } from "@/lib/testing/memory-relay";
import { Clients } from "./clients";
import { Mailbox } from "./mailbox";

const keys = await importMasterKeys(generateMasterKey());
const open: { close(): void }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

async function node(relay: ReturnType<typeof memoryRelay>) {
  const mailbox = new Mailbox(
    relay,
    keys,
    Date.now,
    createLog(() => undefined),
  );
  const clients = new Clients(mailbox, Date.now);
  open.push(clients, mailbox);
  mailbox.expect();
  await mailbox.take();
  return clients;
}

const session = { id: "s1" };
const readme = { serverId: "srv_1", uri: "file:///readme", exposed: "up+file:///readme" };

test("what a session wants is known on every node", async () => {
  const relay = memoryRelay();
  const [a, b] = [await node(relay), await node(relay)];
  const changed: string[] = [];
  b.onChange((id) => changed.push(id));
  a.setLevel("s1", "warning");
  a.subscribe(session, readme);
  a.subscribe(session, readme);
  expect([a.levelOf("s1"), a.subscriptionsOf("s1")]).toEqual(["warning", [readme]]);
  await vi.waitFor(() => expect([b.levelOf("s1"), b.subscriptionsOf("s1")]).toEqual(["warning", [readme]]));
  expect(changed.length).toBeGreaterThan(0);
  b.unsubscribe(session, readme);
  await vi.waitFor(() => expect(a.subscriptionsOf("s1")).toEqual([]));
  b.forget("s1");
  await vi.waitFor(() => expect(a.levelOf("s1")).toBeNull());
});

test("a node that opens a stream hears what it missed", async () => {
  const relay = memoryRelay();
  const a = await node(relay);
  a.setLevel("s1", "error");
  a.subscribe(session, readme);
  const late = await node(relay);
  expect(late.subscriptionsOf("s1")).toEqual([]);
  late.open("s1");
  await vi.waitFor(() => expect([late.levelOf("s1"), late.subscriptionsOf("s1")]).toEqual(["error", [readme]]));
});

test("a session that wants nothing has none of it", async () => {
  const clients = await node(memoryRelay());
  expect([clients.levelOf("nobody"), clients.subscriptionsOf("nobody")]).toEqual([null, []]);
});
