import { and, asc, eq, gt, gte, isNull, ne } from "drizzle-orm";
import { calls } from "@/db/schema/calls";
import { oauthGrants } from "@/db/schema/oauth-grants";
import { tokens } from "@/db/schema/tokens";
import { allows } from "@/lib/access/permissions";
import { AppError } from "@/lib/errors";
import { idFloor } from "@/lib/ids";
import { toCallView } from "@/lib/services/call/to-view";
import type { WorkspaceCtx } from "@/lib/services/context";
import { isoOrNull, isRef } from "@/lib/services/fields";
import { parse } from "@/lib/services/parse";
import { ConnectionProgressInput } from "./schemas";
import type { ConnectionProgressView } from "./view";

const LOOKED_THROUGH = 50;

/**
 * How far a client has come since `since`: it came in (and said its name), asked for the tools, made a call. With a
 * token: by that token alone; without: by any token or grant whose calls the actor may see. Steps before a call are
 * known to about a minute for a credential in steady use, at once for a fresh one.
 * @throws AppError `invalid`, `not_found` for unknown, foreign and (for plain members) other people's tokens alike
 */
export async function connectionProgress(
  ctx: WorkspaceCtx,
  input: ConnectionProgressInput,
): Promise<ConnectionProgressView> {
  const { token, since } = parse(ConnectionProgressInput, input);
  if (token !== undefined) await requireToken(ctx, token);
  const used = await Promise.all([readTokens(ctx, since, token), token === undefined ? readGrants(ctx, since) : []]);
  const newest = used.flat().sort((a, b) => time(b.lastUsedAt) - time(a.lastUsedAt));
  const listed = newest.map(({ listedAt }) => time(listedAt)).reduce((a, b) => Math.max(a, b), 0);
  const call = await firstCall(ctx, since, token);
  return {
    client: newest.find(({ client }) => client !== null)?.client ?? null,
    seenAt: isoOrNull(newest[0]?.lastUsedAt ?? null),
    listedAt: isoOrNull(listed >= since.getTime() ? new Date(listed) : null),
    call: call && toCallView(call),
  };
}

const time = (date: Date | null): number => date?.getTime() ?? 0;

async function requireToken(ctx: WorkspaceCtx, id: string): Promise<void> {
  const own = allows(ctx.role, "token.manage") ? undefined : eq(tokens.memberId, ctx.memberId);
  const scope = and(eq(tokens.workspaceId, ctx.workspace.id), eq(tokens.id, id), own);
  const rows = isRef(id) ? await ctx.db.select({ id: tokens.id }).from(tokens).where(scope) : [];
  if (rows.length === 0) throw new AppError("not_found", "There is no such token in this workspace.");
}

async function readTokens(ctx: WorkspaceCtx, since: Date, token: string | undefined) {
  return ctx.db
    .select({ lastUsedAt: tokens.lastUsedAt, listedAt: tokens.listedAt, client: tokens.lastUsedClient })
    .from(tokens)
    .where(
      and(
        eq(tokens.workspaceId, ctx.workspace.id),
        gte(tokens.lastUsedAt, since),
        token === undefined ? undefined : eq(tokens.id, token),
        allows(ctx.role, "token.manage") ? undefined : eq(tokens.memberId, ctx.memberId),
        isNull(tokens.revokedAt),
      ),
    )
    .limit(LOOKED_THROUGH);
}

async function readGrants(ctx: WorkspaceCtx, since: Date) {
  return ctx.db
    .select({
      lastUsedAt: oauthGrants.lastUsedAt,
      listedAt: oauthGrants.listedAt,
      client: oauthGrants.lastUsedClient,
    })
    .from(oauthGrants)
    .where(
      and(
        eq(oauthGrants.workspaceId, ctx.workspace.id),
        gte(oauthGrants.lastUsedAt, since),
        allows(ctx.role, "token.manage") ? undefined : eq(oauthGrants.memberId, ctx.memberId),
      ),
    )
    .limit(LOOKED_THROUGH);
}

/** The first call that succeeded; where none has, the first that ended. */
async function firstCall(ctx: WorkspaceCtx, since: Date, token: string | undefined) {
  const rows = await ctx.db
    .select()
    .from(calls)
    .where(
      and(
        eq(calls.workspaceId, ctx.workspace.id),
        gt(calls.id, idFloor("call", since.getTime())),
        token === undefined ? undefined : eq(calls.tokenId, token),
        allows(ctx.role, "call.read") ? undefined : eq(calls.memberId, ctx.memberId),
        ne(calls.outcome, "pending"),
      ),
    )
    .orderBy(asc(calls.id))
    .limit(LOOKED_THROUGH);
  return rows.find(({ outcome }) => outcome === "ok") ?? rows[0] ?? null;
}
