import { eq } from "drizzle-orm";
import { encode } from "next-auth/jwt";
import { afterAll, beforeAll, expect, test } from "vitest";
import { userSessions } from "@/db/schema/user-sessions";
import { findSessionActor } from "@/lib/auth/find-session-actor";
import type { Ctx } from "@/lib/services/context";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { mintUser } from "@/lib/testing/factories";
import { endSession } from "./end";
import { endSessionsEverywhere } from "./end-everywhere";
import { endOtherSessions } from "./end-others";
import { isKnownAddress } from "./is-known-address";
import { listSessions } from "./list";
import { startSession } from "./start";

const SECRET = "a secret of more than thirty-two characters";
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

/** A sign-in of that user: its context and its cookie. */
async function signIn(user: Ctx, userAgent = "Mozilla/5.0 (Windows NT 10.0; rv:145.0) Firefox/145.0") {
  const userId = user.actor.userId ?? "";
  const sid = await startSession({ ...user, request: { ...user.request, userAgent } }, { userId, method: "password" });
  const since = Math.floor(Date.now() / 1_000);
  const cookie = await encode({ secret: SECRET, token: { sub: userId, sid, sv: 1, since } });
  const holds = async () => (await findSessionActor(database.db, cookie, SECRET)) !== null;
  return { sid, cookie, holds, ctx: { ...user, actor: { ...user.actor, sessionId: sid } } };
}

test("each sign-in is listed with device and address; this one is marked", async () => {
  const user = await mintUser({ db: database.db });
  const [phone, here] = [await signIn(user, "nonsense\u0000 iPhone Version/26 Safari/1"), await signIn(user)];
  const list = await listSessions(here.ctx);
  expect(list).toHaveLength(2);
  expect(list.find(({ id }) => id === here.sid)).toMatchObject({
    device: "Firefox on Windows",
    sourceIp: "192.0.2.1",
    method: "password",
    current: true,
  });
  expect(list.find(({ id }) => id === phone.sid)).toMatchObject({ device: "Safari on iPhone", current: false });
  expect(await findSessionActor(database.db, here.cookie, SECRET)).toMatchObject({ sessionId: here.sid });
});

test("ending one, all others and all: from the next request on", async () => {
  const user = await mintUser({ db: database.db });
  const [a, b, c, d] = [await signIn(user), await signIn(user), await signIn(user), await signIn(user)];
  expect(await endSession(a.ctx, { session: b.sid })).toEqual({ ended: 1 });
  expect([await a.holds(), await b.holds(), await c.holds()]).toEqual([true, false, true]);
  await expect(endSession(a.ctx, { session: b.sid })).rejects.toMatchObject({ code: "not_found" });
  expect(await endOtherSessions(a.ctx)).toEqual({ ended: 2 });
  expect([await a.holds(), await c.holds(), await d.holds()]).toEqual([true, false, false]);
  expect(await endSessionsEverywhere(a.ctx)).toEqual({ ended: 1 });
  expect([await a.holds(), await listSessions(a.ctx)]).toEqual([false, []]);
});

test("nobody sees or ends another person's sign-in, and a cookie fits its own row only", async () => {
  const [user, stranger] = [await mintUser({ db: database.db }), await mintUser({ db: database.db })];
  const [mine, theirs] = [await signIn(user), await signIn(stranger)];
  await expect(endSession(theirs.ctx, { session: mine.sid })).rejects.toMatchObject({ code: "not_found" });
  await endOtherSessions(theirs.ctx);
  await endSessionsEverywhere(theirs.ctx);
  expect(await mine.holds()).toBe(true);
  const since = Math.floor(Date.now() / 1_000);
  const mixed = await encode({
    secret: SECRET,
    token: { sub: stranger.actor.userId ?? "", sid: mine.sid, sv: 2, since },
  });
  const old = await encode({ secret: SECRET, token: { sub: user.actor.userId ?? "", sv: 1, since } });
  expect([
    await findSessionActor(database.db, mixed, SECRET),
    await findSessionActor(database.db, old, SECRET),
  ]).toEqual([null, null]);
});

test("last seen is written at most once a minute; idle sign-ins leave the list", async () => {
  const user = await mintUser({ db: database.db });
  const { sid, holds, ctx } = await signIn(user);
  const seen = async () =>
    (await database.db.select().from(userSessions).where(eq(userSessions.id, sid)))[0]?.lastSeenAt;
  const age = (ms: number) =>
    database.db
      .update(userSessions)
      .set({ lastSeenAt: new Date(Date.now() - ms) })
      .where(eq(userSessions.id, sid));
  await age(50_000);
  const before = await seen();
  await holds();
  expect(await seen()).toEqual(before);
  await age(70_000);
  await holds();
  expect(Date.now() - Number(await seen())).toBeLessThan(5_000);
  await age(7 * 86_400_000 + 1_000);
  expect(await listSessions(ctx)).toEqual([]);
});

test("an address is known where that account was signed in from it", async () => {
  const [user, other] = [await mintUser({ db: database.db }), await mintUser({ db: database.db })];
  await signIn(user);
  const known = (email: string | null, sourceIp: string) =>
    isKnownAddress({ db: database.db }, { email: email ?? "", sourceIp });
  expect(await known(user.actor.email, "192.0.2.1")).toBe(true);
  expect(await known(user.actor.email, "192.0.2.2")).toBe(false);
  expect(await known(other.actor.email, "192.0.2.1")).toBe(false);
  expect(await known("nobody\u0000@example.test", "192.0.2.1")).toBe(false);
});
