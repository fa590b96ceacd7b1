import { and, type ExtractTablesWithRelations, eq } from "drizzle-orm";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import type * as schema from "@/db/schema";
import { members, type Role } from "@/db/schema/members";
import { workspaces } from "@/db/schema/workspaces";
import { allows, PERMISSIONS, type PermissionName } from "@/lib/access/permissions";
import type { MasterKeys } from "@/lib/crypto/master-keys";
import { AppError } from "@/lib/errors";
import type { FunctionEngine } from "@/lib/functions/engine";
import type { Listing } from "@/lib/hub/listing";
import type { Log } from "@/lib/log";
import type { UpstreamTransport } from "@/lib/mcp/transport";
import { WORKSPACE_SLUG } from "@/lib/slug";

export type { FunctionEngine } from "@/lib/functions/engine";

/** Drizzle over any driver; a transaction has the same type. */
export type Db = PgDatabase<PgQueryResultHKT, typeof schema, ExtractTablesWithRelations<typeof schema>>;

/** Who acts. `system` is the product itself (first start, sweeps). */
export interface Actor {
  type: "user" | "api_key" | "system";
  /** The user behind a session or key; null for system. */
  userId: string | null;
  /** The key's id for `api_key`, else the user's. */
  id: string | null;
  email: string | null;
  name: string;
  instanceOwner: boolean;
  /** The dashboard sign-in that the request came by; none for keys and the product itself. */
  sessionId?: string;
}

/** One mail, plain text; `to` is one address that was checked before. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
}
/** Hands a mail to the mail server. @throws AppError `upstream_failed` where that refuses or cannot be reached */
export type Mailer = (mail: Mail) => Promise<void>;

/** What every verb gets. Time, keys and network come in here, so tests bring their own. */
export interface Ctx {
  actor: Actor;
  db: Db;
  now(): Date;
  masterKeys: MasterKeys;
  /** Reaches upstreams for probes; guarded against private addresses. */
  transport: UpstreamTransport;
  /** Private ranges allowed by configuration (the instance page adds its own). */
  allowPrivate: string[];
  /** What the Hub offers here: the catalogue and the operator's own listings. */
  listings: readonly Listing[];
  /** Sends mail; null where no mail server is configured: then links are handed over by hand. */
  mail: Mailer | null;
  /** Makes and runs functions; null where this process has no engine, as in a serverless deployment of Next. */
  functions: FunctionEngine | null;
  /** Origin under which clients reach the gateway. */
  publicUrl: string;
  request: { id: string; sourceIp: string | null; userAgent: string | null };
  log: Log;
}

/** A context inside one workspace, with the actor's role there. */
export interface WorkspaceCtx extends Ctx {
  workspace: { id: string; slug: string; name: string; createdAt: Date };
  role: Role;
  memberId: string;
}

/** @throws AppError `forbidden` unless the actor's role in the workspace carries the permission */
export function requirePermission(ctx: WorkspaceCtx, permission: PermissionName): void {
  if (allows(ctx.role, permission)) return;
  const { roles, may } = PERMISSIONS[permission];
  throw new AppError("forbidden", `Only ${roles.map((role) => `${role}s`).join(", ")} of this workspace may ${may}.`);
}

/** @throws AppError `unauthorized` where no user stands behind the context. */
export function requireUser(ctx: Ctx): string {
  if (!ctx.actor.userId) throw new AppError("unauthorized", "Sign in first.");
  return ctx.actor.userId;
}

/** @throws AppError `forbidden` unless the actor owns this installation. */
export function requireInstanceOwner(ctx: Ctx): void {
  if (!ctx.actor.instanceOwner && ctx.actor.type !== "system")
    throw new AppError("forbidden", "Only the owner of this installation may do that.");
}

/**
 * Enters a workspace by its slug. A workspace that does not exist and one that the actor is no member of are told
 * apart by nothing, so slugs cannot be probed.
 * @throws AppError `unauthorized` without a user, `not_found`
 */
export async function workspaceCtx(ctx: Ctx, slug: string): Promise<WorkspaceCtx> {
  const userId = requireUser(ctx);
  const [row] = WORKSPACE_SLUG.test(slug)
    ? await ctx.db
        .select({ workspace: workspaces, role: members.role, memberId: members.id })
        .from(workspaces)
        .innerJoin(members, and(eq(members.workspaceId, workspaces.id), eq(members.userId, userId)))
        .where(eq(workspaces.slug, slug))
    : [];
  if (!row) throw new AppError("not_found", "There is no such workspace, or you are not a member of it.");
  const { id, name, createdAt } = row.workspace;
  return { ...ctx, workspace: { id, slug, name, createdAt }, role: row.role, memberId: row.memberId };
}
