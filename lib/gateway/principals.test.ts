import { beforeEach, describe, expect, test } from "vitest";
import type { Seen } from "./change-feed";
import type { Principal } from "./ports";
import { type Credential, Principals } from "./principals";

const PRINCIPAL = { workspaceId: "ws_1", workspaceVersion: 1, accessVersion: 1, expiresAt: null } as Principal;
const TOKEN: Credential = { kind: "token", key: "hash", expiresAt: null };

let now = 0;
let reads = 0;
let found: Principal | null = PRINCIPAL;
let seen: Seen | undefined;
let used: string[] = [];
let down = false;
let principals: Principals;

beforeEach(() => {
  [now, reads, found, seen, used, down] = [1_000_000, 0, PRINCIPAL, undefined, [], false];
  const read = async () => {
    reads++;
    if (down) throw new Error("down");
    return found;
  };
  const feed = { use: (id: string) => void used.push(id), seen: () => seen };
  principals = new Principals({ findToken: read, findGrant: read }, feed, () => now);
});
const poll = (change: Partial<Seen> = {}) => {
  seen = { version: 1, accessVersion: 1, at: now, ...change };
};

test("many readers of one moment share one read", async () => {
  const all = await Promise.all(Array.from({ length: 100 }, () => principals.find(TOKEN)));
  expect([new Set(all).size, reads, used[0]]).toEqual([1, 1, "ws_1"]);
});

test("while polls see no change, nothing is read", async () => {
  await principals.find(TOKEN);
  for (let i = 0; i < 400; i++) {
    now += 250;
    poll();
    expect(await principals.find(TOKEN)).toBe(PRINCIPAL);
  }
  expect(reads).toBe(1);
});

test("where no poll runs or every poll fails, it is one read a second, and a dead database is said", async () => {
  await principals.find(TOKEN);
  poll();
  for (let i = 0; i < 50; i++) {
    now += 100;
    await principals.find(TOKEN);
  }
  expect(reads).toBeGreaterThanOrEqual(4);
  expect(reads).toBeLessThanOrEqual(6);
  down = true;
  now += 1_000;
  await expect(principals.find(TOKEN)).rejects.toThrow("does not answer");
});

test("a revoked credential is refused as soon as a poll saw the change, and within a second without", async () => {
  await principals.find(TOKEN);
  found = null;
  now += 100;
  expect(await principals.find(TOKEN)).toBe(PRINCIPAL);
  poll({ accessVersion: 2 });
  expect(await principals.find(TOKEN)).toBeNull();
  found = PRINCIPAL;
  principals.forget();
  seen = undefined;
  await principals.find(TOKEN);
  found = null;
  now += 1_000;
  expect(await principals.find(TOKEN)).toBeNull();
});

test("a poll that began before the read does not vouch for it", async () => {
  found = { ...PRINCIPAL, accessVersion: 2 };
  poll({ accessVersion: 1 });
  await principals.find(TOKEN);
  now += 900;
  await principals.find(TOKEN);
  expect(reads).toBe(1);
  now += 100;
  await principals.find(TOKEN);
  expect(reads).toBe(2);
});

describe("expiry", () => {
  test("is checked at each use, from the cache", async () => {
    found = { ...PRINCIPAL, expiresAt: now + 500 };
    expect(await principals.find(TOKEN)).not.toBeNull();
    now += 499;
    poll();
    expect(await principals.find(TOKEN)).not.toBeNull();
    now += 1;
    poll();
    expect([await principals.find(TOKEN), reads]).toEqual([null, 1]);
  });

  test("of an access token ends its use, though the grant goes on", async () => {
    const token: Credential = { kind: "grant", key: "grant_1", expiresAt: now + 10 };
    expect(await principals.find(token)).toBe(PRINCIPAL);
    now += 10;
    expect([await principals.find(token), reads]).toEqual([null, 1]);
    expect(await principals.find({ ...token, expiresAt: now + 10 })).toBe(PRINCIPAL);
  });
});

test("a poll that shows a newer workspace makes its snapshot stale without a read of the token", async () => {
  await principals.find(TOKEN);
  poll({ version: 7 });
  expect([(await principals.find(TOKEN))?.workspaceVersion, reads]).toEqual([7, 1]);
});

test("however long polls vouch, a principal is read anew now and then", async () => {
  await principals.find(TOKEN);
  now += 5 * 60_000;
  poll();
  await principals.find(TOKEN);
  expect(reads).toBe(2);
});
