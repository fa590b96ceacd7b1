import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { oauthRecords } from "@/db/schema/oauth-records";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { createRecords } from "./records";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

/** Storage with a clock and a list of the grants that it ended. */
function storage() {
  const state = { time: Date.now(), ended: [] as string[] };
  const open = createRecords({
    db: database.db,
    now: () => new Date(state.time),
    endGrant: async (grantId) => void state.ended.push(grantId),
  });
  return { state, open };
}
const id = () => crypto.randomUUID();
const rowsOf = (model: string) => database.db.select().from(oauthRecords).where(eq(oauthRecords.model, model));

test("an id that opens something is stored as a hash, and nowhere else", async () => {
  const { open } = storage();
  for (const model of ["AuthorizationCode", "RefreshToken", "Interaction"]) {
    const secret = id();
    await open(model).upsert(secret, { jti: secret, kind: model, accountId: "mem_1" }, 60);
    expect(await open(model).find(secret)).toMatchObject({ jti: secret, accountId: "mem_1" });
    expect(JSON.stringify(await rowsOf(model))).not.toContain(secret);
    expect(await open("AccessToken").find(secret), "models are apart").toBeUndefined();
  }
  const client = id();
  await open("Client").upsert(client, { client_id: client });
  expect(await open("Client").find(client)).toEqual({ client_id: client });
});

test("of 50 at once exactly one consumes, and the others end the grant", async () => {
  const { state, open } = storage();
  const [code, grantId] = [id(), id()];
  await open("AuthorizationCode").upsert(code, { jti: code, grantId }, 60);
  const tries = await Promise.allSettled(Array.from({ length: 50 }, () => open("AuthorizationCode").consume(code)));
  expect(tries.filter((tried) => tried.status === "fulfilled")).toHaveLength(1);
  for (const tried of tries.filter((each) => each.status === "rejected"))
    expect(tried.reason).toMatchObject({ error: "invalid_grant" });
  expect(state.ended).toEqual(Array(49).fill(grantId));
  expect(await open("AuthorizationCode").find(code)).toMatchObject({ consumed: expect.any(Number) });
});

test("what is over is not found, and goes", async () => {
  const { state, open } = storage();
  const code = id();
  await open("AuthorizationCode").upsert(code, { jti: code }, 60);
  state.time += 61_000;
  expect(await open("AuthorizationCode").find(code)).toBeUndefined();
  state.time += 11 * 60_000;
  await open("Interaction").upsert(id(), {}, 60); // any writing sweeps, once in ten minutes
  await expect
    .poll(async () => (await rowsOf("AuthorizationCode")).filter((row) => row.expiresAt && +row.expiresAt < state.time))
    .toEqual([]);
});

test("a client that nobody used goes after a week, one that was used after 90 days", async () => {
  const { state, open } = storage();
  const [unused, used] = [id(), id()];
  for (const client of [unused, used]) await open("Client").upsert(client, { client_id: client });
  const grant = id();
  await open("Grant").upsert(grant, { jti: grant, clientId: used }, 365 * 86_400);
  state.time += 8 * 86_400_000;
  expect(await open("Client").find(unused)).toBeUndefined();
  expect(await open("Client").find(used)).toEqual({ client_id: used });
  state.time += 83 * 86_400_000;
  expect(await open("Client").find(used)).toBeUndefined();
});

test("a grant's records go with it, of that model and grant only", async () => {
  const { open } = storage();
  const [mine, other] = [id(), id()];
  const [a, b, c] = [id(), id(), id()];
  await open("RefreshToken").upsert(a, { jti: a, grantId: mine }, 60);
  await open("RefreshToken").upsert(b, { jti: b, grantId: other }, 60);
  await open("AuthorizationCode").upsert(c, { jti: c, grantId: mine }, 60);
  await open("RefreshToken").revokeByGrantId(mine);
  expect(await open("RefreshToken").find(a)).toBeUndefined();
  expect(await open("RefreshToken").find(b)).toBeDefined();
  expect(await open("AuthorizationCode").find(c)).toBeDefined();
});

test("sessions are not kept, and odd ids are no error", async () => {
  const { open } = storage();
  await open("Session").upsert("s", { jti: "s", uid: "u" }, 60);
  expect(await open("Session").find("s")).toBeUndefined();
  expect(
    await database.db
      .select()
      .from(oauthRecords)
      .where(and(eq(oauthRecords.model, "Session"))),
  ).toEqual([]);
  for (const odd of ["", "a\0b", "\ud800", "x".repeat(5_000)]) expect(await open("Client").find(odd)).toBeUndefined();
});
