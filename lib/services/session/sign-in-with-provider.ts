import { and, eq } from "drizzle-orm";
import { identities } from "@/db/schema/identities";
import { users } from "@/db/schema/users";
import type { Actor, Ctx, Db } from "@/lib/services/context";
import { joinByDomain } from "./join-by-domain";
import { findOrCreateUser, linkIdentity } from "./link-identity";
import type { SignedInUser } from "./view";
import { vouchedAddress } from "./vouched-address";

/** What a provider says of somebody, after its signatures were checked. All of it is foreign text. */
export interface ProviderProfile {
  /** `oidc`, `github`, `google`. */
  provider: string;
  /** The provider's own id for the person, which never changes as an address may. */
  subject: string;
  email: string | null;
  emailVerified: boolean;
  name: string | null;
}

/** `unverified`: nobody vouches for an address; `no_account`: nothing waits for that address; `disabled`: the account is. */
export type ProviderSignIn =
  | { ok: true; user: SignedInUser }
  | { ok: false; reason: "unverified" | "no_account" | "disabled" };

type User = typeof users.$inferSelect;

/**
 * Who signs in by a provider. Known by the provider's subject: that person, whatever their address is by now. New: only
 * with an address that the provider has verified; then the account of that address is linked, or one is made where an
 * invitation or a workspace's mail domain waits for it. Workspaces of the domain are joined on the way.
 */
export async function signInWithProvider(ctx: Ctx, profile: ProviderProfile): Promise<ProviderSignIn> {
  const email = profile.emailVerified ? vouchedAddress(profile.email) : null;
  if (profile.subject.length > 255 || !/^[^\p{Cc}]+$/u.test(profile.subject))
    return { ok: false, reason: "unverified" };
  return ctx.db.transaction(async (tx): Promise<ProviderSignIn> => {
    let user = await findByIdentity(tx, profile);
    if (!user) {
      if (!email) return { ok: false, reason: "unverified" };
      const found = await findOrCreateUser(tx, ctx, email, profile);
      if (!found) return { ok: false, reason: "no_account" };
      if (found.disabledAt) return { ok: false, reason: "disabled" };
      user = await linkIdentity(tx, actingAs(ctx, found), found, profile);
    }
    if (user.disabledAt) return { ok: false, reason: "disabled" };
    if (email === user.email) await joinByDomain(tx, actingAs(ctx, user), user);
    const { id: userId, name, instanceOwner, sessionVersion } = user;
    return { ok: true, user: { userId, email: user.email, name, instanceOwner, sessionVersion } };
  });
}

async function findByIdentity(tx: Db, { provider, subject }: ProviderProfile): Promise<User | undefined> {
  const [row] = await tx
    .select({ user: users })
    .from(identities)
    .innerJoin(users, eq(users.id, identities.userId))
    .where(and(eq(identities.provider, provider), eq(identities.subject, subject)));
  return row?.user;
}

/** The audit log names the person who signs in. */
function actingAs(ctx: Ctx, { id, email, name, instanceOwner }: User): Ctx {
  const actor: Actor = { type: "user", userId: id, id, email, name, instanceOwner };
  return { ...ctx, actor };
}
