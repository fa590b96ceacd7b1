import fc from "fast-check";
import { expect, test } from "vitest";
import {
  CHAIN_START,
  type ChainEvent,
  type ChainFault,
  type ChainLink,
  chainChecker,
  checkHead,
  hashEvent,
} from "./audit-chain";

const event = (id: string, after: Record<string, unknown> | null = null): ChainEvent => ({
  id,
  workspaceId: "ws_1",
  actorType: "user",
  actorId: "usr_1",
  actorEmail: "bo@acme.example",
  action: "token.create",
  targetType: "token",
  targetId: "tok_1",
  targetName: "Bo",
  before: null,
  after,
  requestId: null,
  sourceIp: null,
  userAgent: null,
  createdAt: "2026-11-24T00:00:00.000Z",
});

async function chainOf(count: number): Promise<ChainLink[]> {
  const links: ChainLink[] = [];
  for (let seq = 1; seq <= count; seq++) {
    const prevHash = links.at(-1)?.hash ?? "";
    const one = event(`aud_${seq}`, { n: seq });
    links.push({ ...one, seq, prevHash, hash: await hashEvent(one, seq, prevHash) });
  }
  return links;
}

async function faultOf(links: ChainLink[], noted: { seq: number; hash: string }): Promise<ChainFault | null> {
  const checker = chainChecker();
  for (const link of links) {
    const fault = await checker.next(link);
    if (fault) return fault;
  }
  return checkHead(checker.at(), noted);
}

test("the order of keys does not matter, every value does", async () => {
  const base = await hashEvent(event("a", { x: 1, y: { b: [1, "2"], a: null } }), 1, "");
  expect(await hashEvent(event("a", { y: { a: null, b: [1, "2"] }, x: 1 }), 1, "")).toBe(base);
  expect(await hashEvent(event("a", { x: 1, y: { b: ["1", 2], a: null } }), 1, "")).not.toBe(base);
  for (const name of Object.keys(event("a")))
    expect(await hashEvent({ ...event("a", {}), [name]: "other" }, 1, ""), name).not.toBe(base);
});

test("a role is covered by the hash where there is one; events from before the field keep theirs", async () => {
  const old = await hashEvent(event("a"), 1, "");
  expect(await hashEvent({ ...event("a"), actorRole: null }, 1, "")).toBe(old);
  const admin = await hashEvent({ ...event("a"), actorRole: "admin" }, 1, "");
  expect(admin).not.toBe(old);
  expect(await hashEvent({ ...event("a"), actorRole: "owner" }, 1, "")).not.toBe(admin);
});

test("an untouched chain holds; anything edited, taken out, doubled, swapped or cut off is found at its place", async () => {
  const links = await chainOf(12);
  const head = { seq: 12, hash: links.at(-1)?.hash ?? "" };
  expect(await faultOf(links, head)).toBeNull();
  expect(await faultOf([], CHAIN_START)).toBeNull();
  const place = fc.integer({ min: 0, max: 11 });
  await fc.assert(
    fc.asyncProperty(
      place,
      place,
      fc.constantFrom("edit", "delete", "double", "swap", "cut"),
      async (at, other, how) => {
        const bad = links.map((link) => ({ ...link }));
        const [one, two] = [bad[at], bad[other]];
        if (!one || !two) return;
        if (how === "edit") one.targetName = "Mallory";
        if (how === "delete") bad.splice(at, 1);
        if (how === "double") bad.splice(at, 0, one);
        if (how === "swap") [bad[at], bad[other]] = [two, one];
        if (how === "cut") bad.length = at;
        const first = how === "swap" ? Math.min(at, other) : how === "double" ? at + 1 : at;
        const fault = await faultOf(bad, head);
        if (how === "swap" && at === other) expect(fault).toBeNull();
        else expect(fault?.seq).toBe(first + 1);
      },
    ),
  );
});

test("a forger who hashes everything anew still has another end", async () => {
  const links = await chainOf(3);
  const forged = await chainOf(2);
  const one = event("aud_3", { n: 4 });
  const prevHash = forged.at(-1)?.hash ?? "";
  forged.push({ ...one, seq: 3, prevHash, hash: await hashEvent(one, 3, prevHash) });
  expect(await faultOf(forged, { seq: 3, hash: links.at(-1)?.hash ?? "" })).toMatchObject({ seq: 3 });
});
