import { and, desc, eq, isNotNull } from "drizzle-orm";
import { calls } from "@/db/schema/calls";
import type { ArgumentRule } from "@/lib/access/argument-rule";
import { checkArguments, rulesFor } from "@/lib/access/evaluate-rules";
import { openPayload } from "@/lib/crypto/call-payload";
import { AppError } from "@/lib/errors";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { iso } from "@/lib/services/fields";
import { findMember } from "@/lib/services/member/manage";
import { parse } from "@/lib/services/parse";
import { dataKeyById } from "@/lib/services/secret/data-key";
import { readSettings } from "@/lib/services/workspace/update-settings";
import { findRuleServer } from "./find";
import { TestRuleInput } from "./schemas";
import type { RuleTestView } from "./view";

/** Past calls that a draft is tried on. */
const CALLS = 50;

type CallRow = typeof calls.$inferSelect;

/**
 * Tries a draft of a rule, alone, on the tool's newest calls with kept arguments and on arguments typed in. Nothing is
 * stored and no server is asked; the words are those that a caller would get.
 * @throws AppError `forbidden`, `invalid` (field `arguments`: no JSON object), `not_found`
 */
export async function testRule(ctx: WorkspaceCtx, input: TestRuleInput): Promise<RuleTestView> {
  requirePermission(ctx, "rule.manage");
  const { server: ref, tool, memberId = null, role = null, conditions, arguments: typed } = parse(TestRuleInput, input);
  const server = await findRuleServer(ctx.db, ctx, ref, tool);
  if (memberId !== null) await findMember(ctx.db, ctx, memberId);
  const draft: ArgumentRule = { id: "draft", serverId: server.id, tool, memberId, role, conditions };
  const verdict = (rule: ArgumentRule, caller: { memberId: string; role: string }, args: unknown) => {
    const checked = checkArguments([rule], caller, server.id, tool, args);
    return { allowed: checked.ok, message: checked.ok ? null : checked.message };
  };
  const everyone = { ...draft, memberId: null, role: null };
  const { keepArgumentsDays } = await readSettings(ctx.db, ctx.workspace.id);
  const past: RuleTestView["calls"] = [];
  for (const row of keepArgumentsDays === 0 ? [] : await readKept(ctx, server.id, tool)) {
    const text = await openKept(ctx, row);
    if (text === null) continue;
    const caller = { memberId: row.memberId, role: row.actorRole };
    past.push({
      id: row.id,
      time: iso(row.occurredAt),
      actor: row.actorName,
      role: row.actorRole,
      arguments: text,
      concerned: rulesFor([draft], caller, server.id, tool).length > 0,
      ...verdict(draft, caller, JSON.parse(text)),
    });
  }
  const own = { memberId: ctx.memberId, role: ctx.role };
  return {
    typed: typed === undefined ? null : verdict(everyone, own, readTyped(typed)),
    calls: past,
    keepArgumentsDays,
  };
}

const readKept = (ctx: WorkspaceCtx, serverId: string, tool: string): Promise<CallRow[]> =>
  ctx.db
    .select()
    .from(calls)
    .where(
      and(
        eq(calls.workspaceId, ctx.workspace.id),
        eq(calls.serverId, serverId),
        eq(calls.tool, tool),
        isNotNull(calls.argsSealed),
      ),
    )
    .orderBy(desc(calls.id))
    .limit(CALLS);

/** JSON text of a call's arguments; null where its key is gone or the row was tampered with. */
async function openKept(ctx: WorkspaceCtx, row: CallRow): Promise<string | null> {
  if (row.argsSealed === null || row.argsKeyId === null) return null;
  const key = await dataKeyById(ctx.db, ctx, row.argsKeyId).catch(() => null);
  const binding = { workspaceId: ctx.workspace.id, callId: row.id, part: "arguments" } as const;
  const kept = key && (await openPayload(key, row.argsSealed, binding));
  return kept && !kept.cut ? kept.text : null; // a cut text is no JSON a rule could read
}

function readTyped(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Falls through: the one answer for everything that is no object.
  }
  throw new AppError("invalid", 'Write the arguments as a JSON object, like {"repo": "acme/web"}.', {
    field: "arguments",
  });
}
