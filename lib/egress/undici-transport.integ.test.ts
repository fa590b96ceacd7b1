import type { LookupAddress } from "node:dns";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { UrlPolicy } from "@/lib/mcp/allow-private";
import { type Fixture, json, startFixture } from "@/lib/mcp/testing/fixture-server";
import type { UpstreamError } from "@/lib/mcp/transport";
import { createUndiciTransport } from "./undici-transport";

/** A loopback server that must see a connection only where a test allows it. */
let sentinel: Fixture;
let port = "";
let policy: UrlPolicy;
let answers: LookupAddress[][] = [];
const resolver = async (): Promise<LookupAddress[]> => (answers.length > 1 ? answers.shift() : answers[0]) ?? [];
const transport = createUndiciTransport(() => policy, resolver);

beforeAll(async () => {
  sentinel = await startFixture((call) =>
    json(call.res, 200, { encoding: call.req.headers["accept-encoding"] }, { "X-Two": "a" }),
  );
  port = new URL(sentinel.url).port;
});
beforeEach(() => {
  policy = { allowPrivate: [], ownHosts: [] };
});
afterAll(async () => {
  await transport.close();
  await sentinel.close();
});

const v4 = (address: string): LookupAddress => ({ address, family: 4 });
const get = (url: string) => transport({ method: "GET", url, headers: {}, signal: AbortSignal.timeout(3_000) });
const failure = async (url: string) =>
  (await get(url).then(
    () => null,
    (error: unknown) => error,
  )) as UpstreamError;

test.each([
  ["loopback", [v4("127.0.0.1")]],
  ["a public and a private address", [v4("8.8.8.8"), v4("10.0.0.5")]],
  ["metadata", [v4("169.254.169.254")]],
  ["mapped loopback", [{ address: "::ffff:127.0.0.1", family: 6 }]],
  ["loopback v6", [{ address: "::1", family: 6 }]],
])("a name that resolves to %s is refused at connect", async (_title, found) => {
  answers = [found];
  const before = sentinel.sockets();
  expect(await failure(`https://a-${found.length}.test:${port}/mcp`)).toMatchObject({ reason: "refused_address" });
  expect(sentinel.sockets()).toBe(before);
});

test("a name without addresses is unreachable", async () => {
  answers = [[]];
  expect(await failure(`https://none.test:${port}/`)).toMatchObject({ reason: "unreachable" });
});

test("literals and odd spellings are refused before any socket", async () => {
  const before = sentinel.sockets();
  for (const host of [
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f000001",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "0.0.0.0",
    "localhost",
  ]) {
    for (const scheme of ["http", "https"])
      expect(await failure(`${scheme}://${host}:${port}/`)).toMatchObject({ reason: "refused_address" });
  }
  expect(sentinel.sockets()).toBe(before);
});

test("each new connection resolves and checks again, so a name that turns private is refused", async () => {
  policy = { allowPrivate: ["rebind.test"], ownHosts: [] };
  answers = [[v4("127.0.0.1")], [v4("169.254.169.254")]];
  const first = await get(`http://rebind.test:${port}/`); // holds its connection, so the next request opens another
  expect(await failure(`http://rebind.test:${port}/`)).toMatchObject({ reason: "refused_address" });
  await first.text(1_000);
});

test("what the operator allows is reached, by name, address, range and port", async () => {
  answers = [[v4("127.0.0.1")]];
  for (const [allow, host] of [
    ["inner.test", "inner.test"],
    ["127.0.0.1", "127.0.0.1"],
    ["127.0.0.0/8", "127.0.0.1"],
    [`127.0.0.1:${port}`, "127.0.0.1"],
  ] as const) {
    policy = { allowPrivate: [allow], ownHosts: [] };
    const response = await get(`http://${host}:${port}/x?y=1`);
    expect(response.status).toBe(200);
    expect(response.header("x-TWO")).toBe("a");
    expect(await response.text(1_000)).toBe('{"encoding":"identity"}');
    expect(sentinel.calls.at(-1)?.req.url).toBe("/x?y=1");
  }
});

test("a setting taken back counts for the next request, open connection or not", async () => {
  policy = { allowPrivate: ["127.0.0.1"], ownHosts: [] };
  await (await get(sentinel.url)).text(1_000);
  policy = { allowPrivate: [], ownHosts: [] };
  expect(await failure(sentinel.url)).toMatchObject({ reason: "refused_address" });
});

test("a closed port and an aborted request say what they are, and no more", async () => {
  policy = { allowPrivate: ["127.0.0.1"], ownHosts: [] };
  const closed = await failure("http://127.0.0.1:1/");
  expect(closed).toMatchObject({ reason: "unreachable", message: "The server cannot be reached" });
  const aborted = transport({ method: "GET", url: sentinel.url, headers: {}, signal: AbortSignal.abort() });
  await expect(aborted).rejects.toMatchObject({ reason: "aborted" });
});

test("a body may be dropped, read late, or cut", async () => {
  policy = { allowPrivate: ["127.0.0.1"], ownHosts: [] };
  (await get(sentinel.url)).discard();
  const chunks: Uint8Array[] = [];
  for await (const chunk of (await get(sentinel.url)).stream() as unknown as AsyncIterable<Uint8Array>)
    chunks.push(chunk);
  expect(Buffer.concat(chunks).toString()).toBe('{"encoding":"identity"}');
  await expect((await get(sentinel.url)).text(5)).rejects.toMatchObject({ reason: "too_large" });
});
