import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { apiKeys } from "@/db/schema/api-keys";
import { users } from "@/db/schema/users";
import { authenticateApiKey } from "@/lib/services/api-key/authenticate";
import { createApiKey } from "@/lib/services/api-key/create";
import { listApiKeys } from "@/lib/services/api-key/list";
import { revokeApiKey } from "@/lib/services/api-key/revoke";
import type { Ctx } from "@/lib/services/context";
import { getInstanceSettings } from "@/lib/services/instance/get-settings";
import { updateInstanceSettings } from "@/lib/services/instance/update-settings";
import { verifyPasswordSignIn } from "@/lib/services/session/verify-password";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { mintUser } from "@/lib/testing/factories";
import { createOwner } from "./create-owner";
import { ensureOwnerFromEnv } from "./ensure-owner-from-env";
import { createSetupLink, isSetupTokenValid } from "./setup-link";

let database: TestDatabase;
let visitor: Ctx;
beforeAll(async () => {
  database = await testDatabase();
  const ctx = await mintUser({ db: database.db });
  visitor = {
    ...ctx,
    actor: { type: "system", userId: null, id: null, email: null, name: "Visitor", instanceOwner: false },
  };
});
afterAll(() => database.close());
// An installation has one owner, so these tests take turns at the one installation there is.
beforeEach(() => database.db.update(users).set({ instanceOwner: false }).then());

const PHC = "$argon2id$v=19$m=1,t=1,p=1$c2FsdA$aGFzaA";
const unique = () => `${crypto.randomUUID()}@example.com`;
const owner = (token: string) => ({ token, email: unique(), name: "Olga", passwordHash: PHC });
async function link(): Promise<string> {
  const url = await createSetupLink(visitor);
  return new URL(url ?? "").searchParams.get("token") ?? "";
}

test("the newest link makes one owner, once, also when two use it at once", async () => {
  const [stale, token] = [await link(), await link()];
  expect([await isSetupTokenValid(visitor, stale), await isSetupTokenValid(visitor, token)]).toEqual([false, true]);
  await expect(createOwner(visitor, owner(stale))).rejects.toMatchObject({ code: "forbidden" });
  const both = await Promise.allSettled([createOwner(visitor, owner(token)), createOwner(visitor, owner(token))]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect(await createSetupLink(visitor)).toBeNull();
  expect(await isSetupTokenValid(visitor, token)).toBe(false);
});

test("a bad form does not use the link up", async () => {
  const token = await link();
  await expect(createOwner(visitor, { ...owner(token), email: "a@b" })).rejects.toMatchObject({
    code: "invalid",
    field: "email",
  });
  expect(await createOwner(visitor, { ...owner(token), email: ` ${unique().toUpperCase()}` })).toMatchObject({
    name: "Olga",
  });
});

test("the environment's owner is made once; its key signs in; a revoked key stays revoked", async () => {
  const [email, apiKey] = [unique(), `aak_${crypto.randomUUID()}`];
  let hashed = 0;
  const hashPassword = async () => {
    hashed++;
    return PHC;
  };
  const ensure = () => ensureOwnerFromEnv(visitor, { email, hashPassword, apiKey });
  expect([await ensure(), await ensure()]).toEqual([
    { created: true, keyAdded: true },
    { created: false, keyAdded: false },
  ]);
  expect(hashed).toBe(1);
  const actor = await authenticateApiKey(visitor, apiKey);
  expect(actor).toMatchObject({ type: "api_key", email, instanceOwner: true });
  await revokeApiKey({ ...visitor, actor: actor ?? visitor.actor }, { key: actor?.id ?? "" });
  expect(await ensure()).toEqual({ created: false, keyAdded: false });
  expect(await authenticateApiKey(visitor, apiKey)).toBeNull();
});

test("API keys: shown once, kept as a hash, refused when malformed, expired, revoked or of a disabled user", async () => {
  const ctx = await mintUser({ db: database.db });
  const [made, short] = [
    await createApiKey(ctx, { name: "CLI" }),
    await createApiKey(ctx, { name: "CI", expiresInDays: 1 }),
  ];
  expect(await authenticateApiKey(ctx, made.key)).toMatchObject({
    type: "api_key",
    userId: ctx.actor.userId,
    id: made.id,
  });
  const [row] = await ctx.db.select().from(apiKeys).where(eq(apiKeys.id, made.id));
  expect(JSON.stringify([row, await listApiKeys(ctx)])).not.toContain(made.key);
  expect(JSON.stringify(await listApiKeys(ctx))).not.toContain(row?.hash);
  expect(row?.lastUsedAt).not.toBeNull();
  for (const key of [
    "",
    "aak_",
    `${made.key}x`,
    made.key.slice(0, -1),
    made.key.toLowerCase(),
    `mwt_${made.key.slice(4)}`,
    "aak_\u0000",
  ])
    expect(await authenticateApiKey(ctx, key)).toBeNull();
  const later = { db: ctx.db, now: () => new Date(Date.now() + 86_400_001) };
  expect([await authenticateApiKey(later, made.key), await authenticateApiKey(later, short.key)]).toMatchObject([
    { id: made.id },
    null,
  ]);
  await ctx.db
    .update(users)
    .set({ disabledAt: new Date() })
    .where(eq(users.id, ctx.actor.userId ?? ""));
  expect(await authenticateApiKey(ctx, made.key)).toBeNull();
});

test("a key is revoked by its own user only", async () => {
  const [ctx, stranger] = [await mintUser({ db: database.db }), await mintUser({ db: database.db })];
  const made = await createApiKey(ctx, { name: "CLI" });
  await expect(revokeApiKey(stranger, { key: made.id })).rejects.toMatchObject({ code: "not_found" });
  expect(await revokeApiKey(ctx, { key: made.id })).toMatchObject({ status: "revoked" });
  expect(await authenticateApiKey(ctx, made.key)).toBeNull();
});

test("sign-in: the verifier is asked in every case, and tells nothing apart", async () => {
  const email = unique();
  await ensureOwnerFromEnv(visitor, { email, hashPassword: async () => PHC, apiKey: null });
  const asked: (string | null)[] = [];
  const verify = async (password: string, hash: string | null) => {
    asked.push(hash);
    return password === "right" && hash === PHC;
  };
  const signIn = (address: string, password: string) =>
    verifyPasswordSignIn(visitor, { email: address, password }, verify);
  expect(await signIn(email.toUpperCase(), "right")).toMatchObject({ email, sessionVersion: 1, instanceOwner: true });
  expect(await signIn(email, "wrong")).toBeNull();
  expect(await signIn(unique(), "right")).toBeNull();
  expect(await signIn("no address", "right")).toBeNull();
  await database.db.update(users).set({ disabledAt: new Date() }).where(eq(users.email, email));
  expect(await signIn(email, "right")).toBeNull();
  expect(asked).toEqual([PHC, PHC, null, null, null]);
});

test("private ranges: the owner's page only, checked entry by entry", async () => {
  const root = await mintUser({ db: database.db, allowPrivate: ["10.0.0.1"] }, { instanceOwner: true });
  const user = await mintUser({ db: database.db });
  await expect(getInstanceSettings(user)).rejects.toMatchObject({ code: "forbidden" });
  await expect(updateInstanceSettings(user, { allowPrivateUpstreams: [] })).rejects.toMatchObject({
    code: "forbidden",
  });
  const bad = updateInstanceSettings(root, { allowPrivateUpstreams: ["10.0.0.0/99"] });
  await expect(bad).rejects.toMatchObject({ code: "invalid", field: "allowPrivateUpstreams" });
  const saved = await updateInstanceSettings(root, {
    allowPrivateUpstreams: [" LocalHost ", "10.0.0.0/8", "localhost", ""],
  });
  expect(saved).toMatchObject({
    allowPrivateUpstreams: ["localhost", "10.0.0.0/8"],
    allowPrivateFromEnvironment: ["10.0.0.1"],
  });
});
