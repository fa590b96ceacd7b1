import { and, eq, gt, isNull, or, sql } from "drizzle-orm";
import { identities } from "@/db/schema/identities";
import { invitations } from "@/db/schema/invitations";
import { users } from "@/db/schema/users";
import { workspaceDomains } from "@/db/schema/workspace-domains";
import { newId } from "@/lib/ids";
import { audit } from "@/lib/services/audit/record";
import type { Ctx, Db } from "@/lib/services/context";
import { DisplayName, domainOf } from "@/lib/services/fields";
import { proveEmail } from "@/lib/services/user/prove-email";
import { endSessions } from "./live";
import type { ProviderProfile } from "./sign-in-with-provider";

type User = typeof users.$inferSelect;

/** The account of a verified address; a new one where somebody waits for that address; else undefined. */
export async function findOrCreateUser(
  tx: Db,
  ctx: Ctx,
  email: string,
  profile: ProviderProfile,
): Promise<User | undefined> {
  const [found] = await tx.select().from(users).where(eq(users.email, email));
  if (found || !(await isAwaited(tx, email, ctx.now()))) return found;
  const now = ctx.now();
  const id = newId("user", now.getTime());
  const given = DisplayName.safeParse(profile.name);
  const name = given.success ? given.data : (email.split("@")[0] ?? email).slice(0, 80);
  const added = await tx
    .insert(users)
    .values({ id, email, name, createdAt: now })
    .onConflictDoNothing({ target: users.email })
    .returning();
  const [user] = added.length > 0 ? added : await tx.select().from(users).where(eq(users.email, email));
  if (added.length > 0) {
    const actor = { type: "user" as const, userId: id, id, email, name, instanceOwner: false };
    const target = { type: "user", id, name, workspaceId: null };
    await audit(tx, { ...ctx, actor }, "user.create", target, { after: { email, by: profile.provider } });
  }
  return user;
}

/** Whether an invitation or a workspace's mail domain waits for this address. */
async function isAwaited(tx: Db, email: string, now: Date): Promise<boolean> {
  const domain = domainOf(email);
  const invited = await tx
    .select({ id: invitations.id })
    .from(invitations)
    .where(
      and(
        or(eq(invitations.email, email), eq(invitations.domain, domain)),
        isNull(invitations.acceptedAt),
        isNull(invitations.revokedAt),
        gt(invitations.expiresAt, now),
      ),
    )
    .limit(1);
  if (invited.length > 0) return true;
  const rows = await tx
    .select({ domain: workspaceDomains.domain })
    .from(workspaceDomains)
    .where(eq(workspaceDomains.domain, domain))
    .limit(1);
  return rows.length > 0;
}

/**
 * Remembers who this is at the provider. An account whose address had only been typed becomes its owner's now: see
 * `proveEmail`; sign-ins made before end.
 */
export async function linkIdentity(tx: Db, ctx: Ctx, user: User, profile: ProviderProfile): Promise<User> {
  const { provider, subject } = profile;
  const now = ctx.now();
  await tx.insert(identities).values({ provider, subject, userId: user.id, createdAt: now }).onConflictDoNothing();
  const target = { type: "user", id: user.id, name: user.name, workspaceId: null };
  await audit(tx, ctx, "user.link_identity", target, { after: { provider } });
  if (!(await proveEmail(tx, user, now))) return user;
  await endSessions(tx, user.id, now);
  const [proven] = await tx
    .update(users)
    .set({ sessionVersion: sql`${users.sessionVersion} + 1` })
    .where(eq(users.id, user.id))
    .returning();
  return proven ?? user;
}
