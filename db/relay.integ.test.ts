import { afterAll, beforeAll, expect, it } from "vitest";
import type { Relay } from "@/lib/gateway/ports";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { createRelay } from "./relay";

let t: TestDatabase;
let relay: Relay;
beforeAll(async () => {
  t = await testDatabase();
  relay = createRelay(t.query);
});
afterAll(() => t?.close());

const node = () => crypto.randomUUID();

it("brings texts to the node they are for, in order, once", async () => {
  const [a, b] = [node(), node()];
  expect(await relay.take(a)).toEqual([]);
  expect(await relay.take(b)).toEqual([]);
  for (const text of ["one", "two", "three"]) expect(await relay.send(a, text)).toBe(true);
  expect(await relay.take(b)).toEqual([]);
  expect(await relay.take(a)).toEqual(["one", "two", "three"]);
  expect(await relay.take(a)).toEqual([]);
});

it("sends nothing to a node that was never seen, or not lately", async () => {
  const [never, gone] = [node(), node()];
  expect(await relay.send(never, "x")).toBe(false);
  await relay.take(gone);
  await t.query("UPDATE nodes SET seen_at = now() - interval '31 seconds' WHERE id = $1", [gone]);
  expect(await relay.send(gone, "x")).toBe(false);
  expect(await relay.take(gone)).toEqual([]);
  expect(await relay.send(gone, "x")).toBe(true);
});

it("broadcasts to every other node that was seen lately", async () => {
  const [a, b, c] = [node(), node(), node()];
  await Promise.all([a, b, c].map((one) => relay.take(one)));
  await relay.broadcast(a, "news");
  expect(await Promise.all([a, b, c].map((one) => relay.take(one)))).toEqual([[], ["news"], ["news"]]);
});

it("a node that looks all the time writes its row now and then only", async () => {
  const a = node();
  await relay.take(a);
  const seen = () => t.query<{ seen: string }>("SELECT xmin::text AS seen FROM nodes WHERE id = $1", [a]);
  const [first] = await seen();
  for (let i = 0; i < 5; i++) await relay.take(a);
  expect((await seen())[0]?.seen).toBe(first?.seen);
});
