import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { users } from "@/db/schema/users";
import { createInvitations } from "@/lib/services/invitation/create";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { mintUser, mintWorkspace } from "@/lib/testing/factories";
import { createAccount } from "./create-account";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const unique = () => crypto.randomUUID().slice(0, 8);
const tokenOf = (url: string | null | undefined) => url?.split("/").at(-1) ?? "";

test("an invitation makes the account of its address, whatever is typed; of a domain, only one of that domain, unproven", async () => {
  const ctx = await mintWorkspace({ db: database.db });
  const email = `${unique()}@acme.example`;
  const [one] = await createInvitations(ctx, { emails: [email], role: "member", expiresInDays: 7 });
  const [any] = await createInvitations(ctx, { domain: "acme.example", role: "member", expiresInDays: 7 });
  const create = (token: string, typed?: string) =>
    createAccount(ctx, { token, name: "Ana", email: typed, passwordHash: "hash" });
  const proven = async (address: string) =>
    (await database.db.select().from(users).where(eq(users.email, address)))[0]?.emailProven;

  expect(await create(tokenOf(one?.url), "eve@evil.example")).toMatchObject({ email, instanceOwner: false });
  expect(await proven(email)).toBe(true);
  await expect(create(tokenOf(one?.url))).rejects.toMatchObject({ code: "conflict", field: "email" });

  for (const typed of [
    undefined,
    "eve@evil.example",
    "eve@sub.acme.example",
    "eve@acme.example.evil.example",
    "a@evil@acme.example",
  ])
    await expect(create(tokenOf(any?.url), typed)).rejects.toMatchObject({ code: "invalid", field: "email" });
  const typed = `${unique()}@ACME.example`;
  expect(await create(tokenOf(any?.url), typed)).toMatchObject({ email: typed.toLowerCase() });
  expect(await proven(typed.toLowerCase())).toBe(false);
});

test("used, expired, revoked and made-up links make no account", async () => {
  const ctx = await mintWorkspace({ db: database.db });
  const stranger = await mintUser({ db: database.db });
  const [one] = await createInvitations(ctx, {
    emails: [`${unique()}@acme.example`],
    role: "member",
    expiresInDays: 1,
  });
  const token = tokenOf(one?.url);
  const input = { name: "Ana", passwordHash: "hash" };
  const later = { ...stranger, now: () => new Date(Date.now() + 86_400_001) };
  await expect(createAccount(later, { ...input, token })).rejects.toMatchObject({ code: "forbidden" });
  for (const made of ["", "mwi_", `${token}x`, token.replace("mwi", "mwp"), "\u0000"])
    await expect(createAccount(stranger, { ...input, token: made })).rejects.toMatchObject({ code: "forbidden" });
});
