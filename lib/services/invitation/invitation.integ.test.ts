import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditEvents } from "@/db/schema/audit-events";
import { invitations } from "@/db/schema/invitations";
import { members, type Role } from "@/db/schema/members";
import { users } from "@/db/schema/users";
import { AppError } from "@/lib/errors";
import { type Ctx, type Mail, type WorkspaceCtx, workspaceCtx } from "@/lib/services/context";
import { createToken } from "@/lib/services/token/create";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { mintMember, mintUser, mintWorkspace, type World } from "@/lib/testing/factories";
import { acceptInvitation } from "./accept";
import { createInvitations } from "./create";
import { listInvitations } from "./list";
import { readInvitation } from "./read-by-token";
import { resendInvitation } from "./resend";
import { revokeInvitation } from "./revoke";

let database: TestDatabase;
let world: World;
let shared: WorkspaceCtx;
beforeAll(async () => {
  database = await testDatabase();
  world = { db: database.db };
  shared = await mintWorkspace(world);
});
afterAll(() => database.close());

const tokenOf = (url: string | null | undefined): string => /\/invite\/(mwi_\w+)$/.exec(url ?? "")?.[1] ?? "";

/** Somebody's invitation into a workspace of its own. */
async function invited(role: Role = "member", days: 1 | 7 | 30 = 7) {
  const ctx = await mintWorkspace(world);
  const guest = await mintUser(world);
  const email = guest.actor.email ?? "";
  const [view] = await createInvitations(ctx, { emails: [email], role, expiresInDays: days });
  return { ctx, guest, email, id: view?.id ?? "", token: tokenOf(view?.url) };
}
const membersOf = (ctx: WorkspaceCtx, user: Ctx) =>
  ctx.db
    .select()
    .from(members)
    .where(and(eq(members.workspaceId, ctx.workspace.id), eq(members.userId, user.actor.userId ?? "")));

test("an invitation leads in: member with its role, first token, once", async () => {
  const { ctx, guest, email, id, token } = await invited();
  expect(await readInvitation(guest, { token })).toMatchObject({
    workspaceName: "Test",
    invitedBy: ctx.actor.name,
    role: "member",
    email,
    domain: null,
    state: "pending",
  });
  const accepted = await acceptInvitation(guest, { token });
  expect(accepted).toMatchObject({ slug: ctx.workspace.slug, role: "member", token: { name: "First token" } });
  expect(accepted.token?.token).toMatch(/^mwt_/);
  const inside = await workspaceCtx(guest, ctx.workspace.slug);
  expect(inside).toMatchObject({ role: "member", memberId: accepted.memberId });
  await expect(acceptInvitation(guest, { token })).rejects.toMatchObject({ code: "conflict" });
  expect(await listInvitations(ctx, { state: "accepted" })).toMatchObject([{ id, email, state: "accepted" }]);
  const events = await ctx.db.select().from(auditEvents).where(eq(auditEvents.workspaceId, ctx.workspace.id));
  expect(events.map((event) => event.action)).toEqual(
    expect.arrayContaining(["invitation.create", "member.add", "invitation.accept", "token.create"]),
  );
  const stored = JSON.stringify([events, await ctx.db.select().from(invitations).where(eq(invitations.id, id))]);
  expect(stored).not.toContain(token);
});

test("an auditor gets in without a token", async () => {
  const { guest, token } = await invited("auditor");
  expect(await acceptInvitation(guest, { token })).toMatchObject({ role: "auditor", token: null });
});

describe("api-031…043", () => {
  test.each([
    ["CRLF", "a@b.test\r\nBcc: x@y.test"],
    ["a comma", "a@b.test,x@y.test"],
    ["no TLD", "a@b"],
    ["400 characters", `${"a".repeat(400)}@b.test`],
    ["a display name", "A <a@b.test>"],
    ["a Cyrillic look-alike", "\u0430@b.test"],
    ["a NUL", "a\u0000@b.test"],
  ])("%s is refused, with its place", async (_, email) => {
    await expect(createInvitations(shared, { emails: ["ok@b.test", email], role: "member" })).rejects.toMatchObject({
      code: "invalid",
      field: "emails.1",
    });
  });

  test("case and width variants are one identity", async () => {
    const ctx = await mintWorkspace(world);
    const mark = crypto.randomUUID().slice(0, 8);
    const emails = [`Bo.${mark}@B.test`, `bo.${mark}@b.TEST`, `\uff42o.${mark}@b.test`];
    expect(await createInvitations(ctx, { emails, role: "member" })).toMatchObject([{ email: `bo.${mark}@b.test` }]);
    const own = ctx.actor.email?.toUpperCase() ?? "";
    expect(await createInvitations(ctx, { emails: [own], role: "member" })).toMatchObject([
      { id: null, url: null, mailed: false, problem: expect.stringContaining("Already a member") },
    ]);
  });

  test("expired, revoked, replaced and made-up links are refused, and say so", async () => {
    const expired = await invited("member", 1);
    const later = { ...expired.guest, now: () => new Date(Date.now() + 86_400_001) };
    await expect(acceptInvitation(later, { token: expired.token })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("ended"),
    });
    const revoked = await invited();
    await revokeInvitation(revoked.ctx, { invitation: revoked.id });
    await expect(acceptInvitation(revoked.guest, { token: revoked.token })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("withdrawn"),
    });
    const resent = await invited();
    const fresh = await resendInvitation(resent.ctx, { invitation: resent.id });
    await expect(acceptInvitation(resent.guest, { token: resent.token })).rejects.toMatchObject({ code: "not_found" });
    await expect(acceptInvitation(resent.guest, { token: tokenOf(fresh.url) })).resolves.toMatchObject({
      role: "member",
    });
    for (const token of [
      "",
      "mwi_",
      `mwi_${"0".repeat(49)}`,
      `${resent.token.slice(0, -1)}?role=owner`,
      "x".repeat(200),
    ])
      await expect(acceptInvitation(resent.guest, { token })).rejects.toMatchObject({ code: "not_found" });
  });

  test("another account is refused and the invitation stays; a role beside the token is no field", async () => {
    const { guest, email, token } = await invited();
    const stranger = await mintUser(world);
    await expect(acceptInvitation(stranger, { token })).rejects.toMatchObject({
      code: "forbidden",
      message: expect.stringContaining(email),
    });
    await expect(acceptInvitation(guest, { token, role: "owner" } as { token: string })).rejects.toMatchObject({
      code: "invalid",
      field: "role",
    });
    expect(await acceptInvitation(guest, { token })).toMatchObject({ role: "member" });
  });

  test("100 parallel accepts make one member and one token", async () => {
    const { ctx, guest, token } = await invited();
    const settled = await Promise.allSettled(Array.from({ length: 100 }, () => acceptInvitation(guest, { token })));
    expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const one of settled)
      if (one.status === "rejected" && one.reason instanceof AppError)
        expect(one.reason).toMatchObject({ code: "conflict" });
    expect(await membersOf(ctx, guest)).toHaveLength(1);
  }, 30_000);
});

test("one link of a domain lets in one person of that very domain", async () => {
  const ctx = await mintWorkspace(world);
  const domain = `${crypto.randomUUID().slice(0, 8)}.test`;
  const [view] = await createInvitations(ctx, { domain: `@${domain.toUpperCase()}`, role: "member" });
  expect(view).toMatchObject({ domain, email: null, mailed: false, problem: null });
  const token = tokenOf(view?.url);
  const someone = async (email: string) => {
    const user = await mintUser(world);
    await world.db
      .update(users)
      .set({ email })
      .where(eq(users.id, user.actor.id ?? ""));
    return user;
  };
  for (const email of [`a@sub.${domain}`, `a@not-${domain}`, `a@${domain}.evil.test`])
    await expect(acceptInvitation(await someone(email), { token })).rejects.toMatchObject({ code: "forbidden" });
  const both = [await someone(`a@${domain}`), await someone(`b@${domain}`)];
  const settled = await Promise.allSettled(both.map((user) => acceptInvitation(user, { token })));
  expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

test.each(["localhost", "a..b", "a b.test", "-a.test", "x".repeat(260), "a@b.test", "1.2.3.4", "b.test\r\n.x"])(
  "the domain %j is refused",
  async (domain) => {
    await expect(createInvitations(shared, { domain, role: "member" })).rejects.toMatchObject({ field: "domain" });
  },
);

test("a member known by name alone becomes the person who accepts, with their tokens", async () => {
  const ctx = await mintWorkspace(world);
  const { member } = await createToken(ctx, { name: "Alice Chen" });
  const guest = await mintUser(world);
  const emails = [guest.actor.email ?? ""];
  const [view] = await createInvitations(ctx, { emails, role: "admin", memberId: member.id });
  const accepted = await acceptInvitation(guest, { token: tokenOf(view?.url) });
  expect(accepted).toMatchObject({ memberId: member.id, role: "admin", token: { member: { name: "Alice Chen" } } });
  await expect(
    createInvitations(ctx, { emails: ["x@b.test"], role: "member", memberId: member.id }),
  ).rejects.toMatchObject({ code: "conflict", field: "memberId" });
});

test("nobody invites above their reach; members invite nobody", async () => {
  const owner = await mintWorkspace(world);
  const admin = await mintMember(owner, "admin", world);
  for (const role of ["owner", "admin"] as const)
    await expect(createInvitations(admin, { emails: ["x@b.test"], role })).rejects.toMatchObject({ code: "forbidden" });
  const [view] = await createInvitations(owner, { emails: ["x@b.test"], role: "admin" });
  const invitation = view?.id ?? "";
  await expect(resendInvitation(admin, { invitation })).rejects.toMatchObject({ code: "forbidden" });
  await expect(revokeInvitation(admin, { invitation })).rejects.toMatchObject({ code: "forbidden" });
  for (const role of ["member", "auditor"] as const)
    await expect(
      createInvitations(await mintMember(owner, role, world), { emails: ["y@b.test"], role: "member" }),
    ).rejects.toMatchObject({ code: "forbidden" });
});

test("who is a member already keeps the invitation open for nobody else to lose", async () => {
  const { ctx, guest, token, id } = await invited();
  const { name, email, userId } = guest.actor;
  await ctx.db
    .insert(members)
    .values({ id: `mem_${crypto.randomUUID()}`, workspaceId: ctx.workspace.id, userId, name, email, role: "auditor" });
  await expect(acceptInvitation(guest, { token })).rejects.toMatchObject({ code: "conflict" });
  expect(await listInvitations(ctx, { state: "pending" })).toMatchObject([{ id }]);
  expect(await membersOf(ctx, guest)).toMatchObject([{ role: "auditor" }]);
});

test("mail goes out short and plain; where it fails, the link is still there", async () => {
  const plain = await mintWorkspace(world);
  const mails: Mail[] = [];
  const ctx: WorkspaceCtx = {
    ...plain,
    mail: async (mail) => {
      if (mail.to.startsWith("bad")) throw new Error("550 no such user at smtp.internal");
      mails.push(mail);
    },
  };
  const views = await createInvitations(ctx, { emails: ["bo@b.test", "bad@b.test"], role: "member", expiresInDays: 1 });
  expect(views).toMatchObject([
    { email: "bo@b.test", mailed: true, problem: null },
    {
      email: "bad@b.test",
      mailed: false,
      problem: expect.stringContaining("did not go out"),
      url: expect.stringContaining("mwi_"),
    },
  ]);
  expect(JSON.stringify(views)).not.toContain("smtp.internal");
  expect(mails).toHaveLength(1);
  expect(mails[0]?.to).toBe("bo@b.test");
  expect(mails[0]?.subject).toBe(`${ctx.actor.name} invites you to Test`);
  for (const part of [views[0]?.url, ctx.actor.email, '"Test"', "as member", "UTC"])
    expect(mails[0]?.text).toContain(part);
  const listed = await listInvitations(ctx);
  expect(listed.map(({ email, mailedAt }) => [email, mailedAt !== null])).toEqual(
    expect.arrayContaining([
      ["bo@b.test", true],
      ["bad@b.test", false],
    ]),
  );
  await createInvitations(ctx, { emails: ["bo@b.test"], role: "auditor" });
  expect(await listInvitations(ctx, { state: "pending" })).toHaveLength(2);
  expect(await listInvitations(ctx, { state: "revoked" })).toMatchObject([{ email: "bo@b.test", role: "member" }]);
});
