import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { apiKeys } from "@/db/schema/api-keys";
import { auditEvents } from "@/db/schema/audit-events";
import { passwordResets } from "@/db/schema/password-resets";
import { users } from "@/db/schema/users";
import { AppError } from "@/lib/errors";
import { createApiKey } from "@/lib/services/api-key/create";
import { type Ctx, type Mail, workspaceCtx } from "@/lib/services/context";
import { listMembers } from "@/lib/services/member/list";
import { listSessions } from "@/lib/services/session/list";
import { startSession } from "@/lib/services/session/start";
import { createWorkspace } from "@/lib/services/workspace/create";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { mintMember, mintUser, mintWorkspace } from "@/lib/testing/factories";
import { changePassword } from "./change-password";
import { createResetLink } from "./create-reset-link";
import { requestPasswordReset } from "./request-reset";
import { readReset } from "./reset-link";
import { resetPassword } from "./reset-password";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

/** Stands for argon2id. */
const passwords = {
  hash: async (password: string) => {
    if (password.length < 12) throw new AppError("invalid", "Too short", { field: "password" });
    return `hash of ${password}`;
  },
  verify: async (password: string, phc: string | null) => phc === `hash of ${password}`,
};
const tokenOf = (text: string) => /mwp_[0-9A-Za-z]{49}/.exec(text)?.[0] ?? "";
const rowOf = async (ctx: Ctx) => {
  const [row] = await database.db
    .select()
    .from(users)
    .where(eq(users.id, ctx.actor.userId ?? ""));
  return row;
};
const auditedBy = (ctx: Ctx, action: "user.change_password" | "user.reset_password") =>
  database.db
    .select()
    .from(auditEvents)
    .where(and(eq(auditEvents.actorId, ctx.actor.userId ?? ""), eq(auditEvents.action, action)));

/** A user with a password, signed in twice. */
async function person(password = "the old password") {
  const ctx = await mintUser({ db: database.db });
  const userId = ctx.actor.userId ?? "";
  await database.db
    .update(users)
    .set({ passwordHash: `hash of ${password}` })
    .where(eq(users.id, userId));
  await startSession(ctx, { userId, method: "password" });
  const sessionId = await startSession(ctx, { userId, method: "password" });
  return { ...ctx, actor: { ...ctx.actor, sessionId } };
}

/** What asking for a link sends. */
async function ask(ctx: Ctx, email: string): Promise<Mail[]> {
  const mails: Mail[] = [];
  await requestPasswordReset({ ...ctx, mail: async (mail) => void mails.push(mail) }, { email });
  return mails;
}

test("changing a password wants the old one, and ends the other sign-ins only", async () => {
  const ctx = await person();
  const change = (current: string, password: string) => changePassword(ctx, { current, password }, passwords);
  await expect(change("a wrong password", "the new password")).rejects.toMatchObject({ field: "current" });
  await expect(change("the old password", "short")).rejects.toMatchObject({ field: "password" });
  expect(await listSessions(ctx)).toHaveLength(2);
  expect(await change("the old password", "the new password")).toEqual({ ended: 1 });
  expect(await listSessions(ctx)).toMatchObject([{ id: ctx.actor.sessionId, current: true }]);
  expect((await rowOf(ctx))?.passwordHash).toBe("hash of the new password");
  expect(JSON.stringify(await auditedBy(ctx, "user.change_password"))).not.toMatch(/old password|new password/);
  const other = await mintUser({ db: database.db });
  await expect(changePassword(other, { current: "x", password: "y" }, passwords)).rejects.toMatchObject({
    code: "conflict",
  });
});

test("a reset link works once, ends all sign-ins and all other links, and only its hash is stored", async () => {
  const ctx = await person();
  const links = [
    ...(await ask(ctx, ctx.actor.email ?? "")),
    ...(await ask(ctx, ` ${ctx.actor.email?.toUpperCase()} `)),
  ];
  expect(links.map(({ to }) => to)).toEqual([ctx.actor.email, ctx.actor.email]);
  const [first = "", second = ""] = links.map(({ text }) => tokenOf(text));
  const stored = await database.db
    .select()
    .from(passwordResets)
    .where(eq(passwordResets.userId, ctx.actor.userId ?? ""));
  expect(JSON.stringify(stored)).not.toContain(first);
  expect(await readReset(ctx, first)).toEqual({ valid: true, email: ctx.actor.email });
  const reset = (token: string, password: string) => resetPassword(ctx, { token, password }, passwords);
  await expect(reset(first, "short")).rejects.toMatchObject({ field: "password" });
  const both = await Promise.allSettled([reset(first, "the new password"), reset(first, "the new password")]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect([await readReset(ctx, first), await readReset(ctx, second)]).toEqual([{ valid: false }, { valid: false }]);
  await expect(reset(second, "the new password")).rejects.toMatchObject({ code: "forbidden" });
  expect(await rowOf(ctx)).toMatchObject({ passwordHash: "hash of the new password", sessionVersion: 2 });
  expect(await listSessions(ctx)).toEqual([]);
  expect(await auditedBy(ctx, "user.reset_password")).toHaveLength(1);
});

test("links that are expired, made up or of a disabled person do not work", async () => {
  const ctx = await person();
  const [mail] = await ask(ctx, ctx.actor.email ?? "");
  const token = tokenOf(mail?.text ?? "");
  const later = { ...ctx, now: () => new Date(Date.now() + 3_600_001) };
  expect(await readReset(later, token)).toEqual({ valid: false });
  await expect(resetPassword(later, { token, password: "the new password" }, passwords)).rejects.toMatchObject({
    code: "forbidden",
  });
  for (const made of ["", "mwp_", `${token}x`, token.replace("mwp", "mwi"), "mwp_\u0000", token.toLowerCase()])
    expect(await readReset(ctx, made)).toEqual({ valid: false });
  await database.db
    .update(users)
    .set({ disabledAt: new Date() })
    .where(eq(users.id, ctx.actor.userId ?? ""));
  expect(await readReset(ctx, token)).toEqual({ valid: false });
  expect(await ask(ctx, ctx.actor.email ?? "")).toEqual([]);
});

test("asking answers nothing for anybody, mails known people only, and floods no mailbox", async () => {
  const ctx = await person();
  for (const unknown of ["nobody@example.test", "no address", "", "\u0000", `${ctx.actor.email}\r\nBcc: eve@evil.test`])
    expect(await ask(ctx, unknown)).toEqual([]);
  let sent = 0;
  for (let i = 0; i < 5; i++) sent += (await ask(ctx, ctx.actor.email ?? "")).length;
  expect(sent).toBe(3);
});

test("an address that was only typed becomes proven by a reset, and what was set up before goes", async () => {
  const ctx = await person();
  await database.db
    .update(users)
    .set({ emailProven: false })
    .where(eq(users.id, ctx.actor.userId ?? ""));
  const key = await createApiKey(ctx, { name: "left behind" });
  const [mail] = await ask(ctx, ctx.actor.email ?? "");
  await resetPassword(ctx, { token: tokenOf(mail?.text ?? ""), password: "the new password" }, passwords);
  expect(await rowOf(ctx)).toMatchObject({ emailProven: true, passwordHash: "hash of the new password" });
  const [row] = await database.db.select().from(apiKeys).where(eq(apiKeys.id, key.id));
  expect(row?.revokedAt).not.toBeNull();
});

test("who may make a reset link: lower rank, this workspace only, never an owner of the installation", async () => {
  const world = { db: database.db };
  const owner = await mintWorkspace(world);
  const [admin, second, member, auditor] = await Promise.all([
    mintMember(owner, "admin", world),
    mintMember(owner, "admin", world),
    mintMember(owner, "member", world),
    mintMember(owner, "auditor", world),
  ]);
  const link = (by: typeof owner, of: typeof owner) => createResetLink(by, { member: of.memberId });
  const made = await link(admin, member);
  expect(made).toMatchObject({ user: { email: member.actor.email } });
  expect(await readReset(owner, tokenOf(made.url))).toEqual({ valid: true, email: member.actor.email });
  expect((await link(owner, admin)).url).toMatch(/\/reset-password\/mwp_/);
  expect((await link(admin, auditor)).url).toMatch(/mwp_/);
  for (const [by, of] of [
    [admin, second],
    [admin, owner],
    [admin, admin],
    [owner, owner],
    [member, auditor],
    [auditor, member],
  ] as const)
    await expect(link(by, of)).rejects.toMatchObject({ code: "forbidden" });

  const { slug } = await createWorkspace(member, { name: "Elsewhere", slug: `e-${crypto.randomUUID().slice(0, 8)}` });
  expect((await listMembers(await workspaceCtx(member, slug))).length).toBe(1);
  await expect(link(owner, member)).rejects.toThrow("other workspaces");
  const root = { ...owner, actor: { ...owner.actor, instanceOwner: true } };
  expect((await link(root, member)).url).toMatch(/mwp_/);
  await database.db
    .update(users)
    .set({ instanceOwner: true })
    .where(eq(users.id, auditor.actor.userId ?? ""));
  await expect(link(owner, auditor)).rejects.toMatchObject({ code: "forbidden" });
  const foreign = await mintWorkspace(world);
  for (const id of [foreign.memberId, "mem_none", "\u0000"])
    await expect(createResetLink(root, { member: id })).rejects.toMatchObject({ code: "not_found" });
});
