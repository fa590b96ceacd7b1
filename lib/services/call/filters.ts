import { and, eq, gte, lt, type SQL, sql } from "drizzle-orm";
import { calls } from "@/db/schema/calls";
import { allows } from "@/lib/access/permissions";
import { idFloor } from "@/lib/ids";
import { resolveRange } from "@/lib/range";
import type { WorkspaceCtx } from "@/lib/services/context";
import type { CallFilters } from "./schemas";

/** Nodes' clocks and the making of an id may differ this much from `occurred_at`, in ms. */
export const SLACK_MS = 60_000;

/** Whose calls are read, by whom and when: a context, or as much of one as a background job has. */
export type CallReader = Pick<WorkspaceCtx, "role" | "memberId" | "now"> & { workspace: { id: string } };

/**
 * One condition for list and export alike. Who may not read everyone's calls sees their own, whatever they ask for. Time is compared
 * exactly, and by id too, because only the id is indexed with the workspace.
 */
export function callCondition(ctx: CallReader, filters: CallFilters): SQL | undefined {
  const { member, server, tool, client, outcome, errorClass, kind } = filters;
  const { from, to } = resolveRange(filters, ctx.now());
  return and(
    eq(calls.workspaceId, ctx.workspace.id),
    allows(ctx.role, "call.read") ? undefined : eq(calls.memberId, ctx.memberId),
    member === undefined ? undefined : eq(calls.memberId, member),
    server === undefined ? undefined : eq(calls.server, server),
    tool === undefined ? undefined : eq(calls.tool, tool),
    outcome === undefined ? undefined : eq(calls.outcome, outcome),
    client === undefined ? undefined : isText(calls.clientName, client),
    errorClass === undefined ? undefined : isText(calls.errorClass, errorClass),
    kind === undefined ? undefined : eq(calls.toolKind, kind),
    from === null ? undefined : and(gte(calls.occurredAt, from), gte(calls.id, floor(from, -SLACK_MS))),
    to === null ? undefined : and(lt(calls.occurredAt, to), lt(calls.id, floor(to, SLACK_MS))),
  );
}

/** The empty text means what is not known, as in charts. */
const isText = (column: typeof calls.clientName | typeof calls.errorClass, text: string): SQL =>
  text === "" ? sql`coalesce(${column}, '') = ''` : eq(column, text);

const floor = (time: Date, shift: number): string => idFloor("call", Math.max(0, time.getTime() + shift));
