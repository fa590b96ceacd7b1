import { and, eq, gt, isNotNull, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import { calls } from "@/db/schema/calls";
import { members } from "@/db/schema/members";
import { oauthGrants } from "@/db/schema/oauth-grants";
import { servers } from "@/db/schema/servers";
import { tokens } from "@/db/schema/tokens";
import { idFloor } from "@/lib/ids";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { SettingsEffectsInput } from "./schemas";
import type { SettingsEffectsView } from "./view";

const DAY_MS = 86_400_000;
/** Counting stops here: an admin who is about to delete so much needs no exact figure. */
const MOST = 100_000;

/** What a change of settings would touch, to be said before it is made. @throws AppError `forbidden`, `invalid` */
export async function settingsEffects(
  ctx: WorkspaceCtx,
  input: SettingsEffectsInput = {},
): Promise<SettingsEffectsView> {
  requirePermission(ctx, "workspace.update");
  const { retentionDays } = parse(SettingsEffectsInput, input);
  const { db } = ctx;
  const now = ctx.now();
  const workspaceId = ctx.workspace.id;
  const works = (table: typeof tokens | typeof oauthGrants) =>
    and(
      eq(table.workspaceId, workspaceId),
      isNull(table.revokedAt),
      or(isNull(table.expiresAt), gt(table.expiresAt, now)),
    );
  return {
    servers: await db.$count(servers, eq(servers.workspaceId, workspaceId)),
    members: await db.$count(members, eq(members.workspaceId, workspaceId)),
    tokens: await db.$count(tokens, works(tokens)),
    grants: await db.$count(oauthGrants, works(oauthGrants)),
    keptArguments: await countCalls(ctx, isNotNull(calls.argsSealed)),
    keptResults: await countCalls(ctx, isNotNull(calls.resultSealed)),
    olderCalls:
      retentionDays === undefined
        ? 0
        : await countCalls(ctx, lt(calls.id, idFloor("call", now.getTime() - retentionDays * DAY_MS))),
    yourAddress: ctx.request.sourceIp,
  };
}

async function countCalls(ctx: WorkspaceCtx, condition: SQL): Promise<number> {
  const found = ctx.db
    .select({ id: calls.id })
    .from(calls)
    .where(and(eq(calls.workspaceId, ctx.workspace.id), condition))
    .limit(MOST)
    .as("found");
  const [row] = await ctx.db.select({ count: sql<number>`count(*)::int` }).from(found);
  return row?.count ?? 0;
}
