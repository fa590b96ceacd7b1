import { and, eq, inArray } from "drizzle-orm";
import { users } from "@/db/schema/users";
import { workspaceDomains } from "@/db/schema/workspace-domains";
import { AppError } from "@/lib/errors";
import { audit } from "@/lib/services/audit/record";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { domainOf } from "@/lib/services/fields";
import { parse } from "@/lib/services/parse";
import { listDomains } from "./list-domains";
import { isPublicMailDomain } from "./public-mail-domains";
import { SetDomainsInput } from "./schemas";
import { lockWorkspace } from "./touch";
import type { WorkspaceDomainView } from "./view";

/**
 * Replaces the list of mail domains whose people join by themselves when they first sign in by a provider. An owner may
 * add the domain of their own address, an owner of the installation any; nobody one where anybody gets an address.
 * Whoever has joined stays a member.
 * @throws AppError `forbidden`, `invalid` (field `domains`)
 */
export async function setDomains(ctx: WorkspaceCtx, input: SetDomainsInput): Promise<WorkspaceDomainView[]> {
  requirePermission(ctx, "domain.manage");
  const { domains } = parse(SetDomainsInput, input);
  const workspaceId = ctx.workspace.id;
  return ctx.db.transaction(async (tx) => {
    await lockWorkspace(tx, workspaceId);
    const here = { ...ctx, db: tx };
    const before = await listDomains(here);
    const known = new Map(before.map((row) => [row.domain, row.role]));
    const own = ctx.actor.instanceOwner ? null : await ownDomain(here);
    for (const { domain } of domains.filter((row) => !known.has(row.domain))) {
      if (isPublicMailDomain(domain))
        throw new AppError("invalid", `Anybody can get an address of ${domain}. Invite people instead.`, {
          field: "domains",
        });
      if (!ctx.actor.instanceOwner && domain !== own)
        throw new AppError(
          "invalid",
          "You may add the domain of your own address only. The owner of this installation may add others.",
          { field: "domains" },
        );
    }
    const gone = before.map((row) => row.domain).filter((name) => !domains.some(({ domain }) => domain === name));
    const inWorkspace = eq(workspaceDomains.workspaceId, workspaceId);
    if (gone.length > 0)
      await tx.delete(workspaceDomains).where(and(inWorkspace, inArray(workspaceDomains.domain, gone)));
    // A row that stays keeps its date: each rule works once a person, from the day it was made.
    for (const { domain, role } of domains)
      await tx
        .insert(workspaceDomains)
        .values({ workspaceId, domain, role, createdAt: ctx.now() })
        .onConflictDoUpdate({ target: [workspaceDomains.workspaceId, workspaceDomains.domain], set: { role } });
    if (gone.length > 0 || domains.some(({ domain, role }) => known.get(domain) !== role))
      await audit(
        tx,
        ctx,
        "workspace.domains_change",
        { type: "workspace", id: workspaceId, name: ctx.workspace.name },
        {
          before: { domains: before.map(({ domain, role }) => `${domain}: ${role}`) },
          after: { domains: domains.map(({ domain, role }) => `${domain}: ${role}`) },
        },
      );
    return listDomains(here);
  });
}

/** Domain of the owner's address, unless they only typed it once. */
async function ownDomain({ db, actor }: WorkspaceCtx): Promise<string | null> {
  const [user] = await db
    .select({ email: users.email, proven: users.emailProven })
    .from(users)
    .where(eq(users.id, actor.userId ?? ""));
  return user?.proven ? domainOf(user.email) : null;
}
