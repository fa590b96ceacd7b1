import { and, eq, isNotNull, or } from "drizzle-orm";
import { calls } from "@/db/schema/calls";
import { workspaces } from "@/db/schema/workspaces";
import { allows } from "@/lib/access/permissions";
import { AppError } from "@/lib/errors";
import { audit } from "@/lib/services/audit/record";
import { type Db, requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { currentDataKey } from "@/lib/services/secret/data-key";
import { keepFormerNames, renamedByLength } from "@/lib/services/tool/names";
import { UpdateWorkspaceSettingsInput } from "./schemas";
import { touchWorkspace } from "./touch";
import type { WorkspaceSettingsView } from "./view";

type Settings = Omit<WorkspaceSettingsView, "ipAllow"> & { ipAllow: string[] };

/** Settings of the workspace. Every member may see what is kept of their calls, and for how long. */
export async function getWorkspaceSettings(ctx: WorkspaceCtx): Promise<WorkspaceSettingsView> {
  requirePermission(ctx, "workspace.read");
  const settings = await readSettings(ctx.db, ctx.workspace.id);
  return allows(ctx.role, "workspace.update") ? settings : { ...settings, ipAllow: null };
}

/** Settings by workspace id, inside a transaction or out. @throws AppError `not_found` */
export async function readSettings(db: Db, workspaceId: string): Promise<Settings> {
  const [row] = await db
    .select({
      keepArgumentsDays: workspaces.keepArgumentsDays,
      keepResults: workspaces.keepResults,
      redactFields: workspaces.redactFields,
      retentionDays: workspaces.retentionDays,
      ipAllow: workspaces.ipAllow,
      maxTokenDays: workspaces.maxTokenDays,
      nameLength: workspaces.nameLength,
      searchMode: workspaces.searchMode,
      resultCap: workspaces.resultCap,
    })
    .from(workspaces)
    .where(eq(workspaces.id, workspaceId));
  if (!row) throw new AppError("not_found", "There is no such workspace, or you are not a member of it.");
  return row;
}

/**
 * Changes what is given. Payloads that are not to be kept any more are deleted in the same transaction; shorter terms are
 * applied by the sweeps. Tokens that exist keep their life, and tools that another length of names renames go on to answer
 * to their old names for 30 days.
 * @throws AppError `forbidden`, `invalid`
 */
export async function updateWorkspaceSettings(
  ctx: WorkspaceCtx,
  input: UpdateWorkspaceSettingsInput,
): Promise<WorkspaceSettingsView> {
  requirePermission(ctx, "workspace.update");
  const wanted = parse(UpdateWorkspaceSettingsInput, input);
  const { id, name } = ctx.workspace;
  return ctx.db.transaction(async (tx) => {
    await touchWorkspace(tx, id);
    const before = await readSettings(tx, id);
    const after: Settings = { ...before, ...given(wanted) };
    const changed = (Object.keys(after) as (keyof Settings)[]).filter(
      (key) => JSON.stringify(after[key]) !== JSON.stringify(before[key]),
    );
    await dropPayloads(tx, id, after);
    if (after.keepArgumentsDays > 0 || after.resultCap !== null) await currentDataKey(tx, ctx); // a workspace without secrets has none yet, and the gateway makes none
    if (changed.length === 0) return after;
    const length = { before: before.nameLength, after: after.nameLength };
    if (length.before !== length.after) await keepFormerNames(tx, ctx, await renamedByLength(tx, ctx, length));
    await tx.update(workspaces).set(after).where(eq(workspaces.id, id));
    const change = { before: only(before, changed), after: only(after, changed) };
    await audit(tx, ctx, "workspace.update", { type: "workspace", id, name }, change);
    return after;
  });
}

/** Deletes kept payloads that these settings would not keep. */
async function dropPayloads(tx: Db, workspaceId: string, { keepArgumentsDays, keepResults }: Settings): Promise<void> {
  const own = eq(calls.workspaceId, workspaceId);
  const noResult = { resultSealed: null, resultKeyId: null };
  if (keepArgumentsDays === 0)
    await tx
      .update(calls)
      .set({ argsSealed: null, argsKeyId: null, ...noResult })
      .where(and(own, or(isNotNull(calls.argsSealed), isNotNull(calls.resultSealed))));
  else if (!keepResults)
    await tx
      .update(calls)
      .set(noResult)
      .where(and(own, isNotNull(calls.resultSealed)));
}

const given = <T extends object>(input: T): Partial<Settings> =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));

const only = (settings: Settings, keys: (keyof Settings)[]): Record<string, unknown> =>
  Object.fromEntries(keys.map((key) => [key, settings[key]]));
