import { openPayload, type PayloadBinding } from "@/lib/crypto/call-payload";
import { audit } from "@/lib/services/audit/record";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { dataKeyById } from "@/lib/services/secret/data-key";
import { findCall } from "./find";
import { GetCallInput } from "./schemas";
import { toCallView } from "./to-view";
import type { CallPayloadView } from "./view";

/**
 * Opens what was kept of a call. That it was read, and by whom, is recorded before it is handed out.
 * @throws AppError `forbidden`, `not_found`
 */
export async function getCallPayload(ctx: WorkspaceCtx, input: GetCallInput): Promise<CallPayloadView> {
  requirePermission(ctx, "call.payload");
  const row = await findCall(ctx, parse(GetCallInput, input).call);
  const open = async (sealed: string | null, keyId: string | null, part: PayloadBinding["part"]) => {
    if (sealed === null || keyId === null) return null;
    const key = await dataKeyById(ctx.db, ctx, keyId).catch(() => null); // a key that is gone opens nothing any more
    return key && openPayload(key, sealed, { workspaceId: ctx.workspace.id, callId: row.id, part });
  };
  const view = {
    arguments: await open(row.argsSealed, row.argsKeyId, "arguments"),
    result: await open(row.resultSealed, row.resultKeyId, "result"),
  };
  const parts = (["arguments", "result"] as const).filter((part) => view[part] !== null);
  if (parts.length === 0) return view;
  const target = { type: "call", id: row.id, name: toCallView(row).qualifiedName };
  const after = { parts, member: row.actorName };
  await ctx.db.transaction((tx) => audit(tx, ctx, "call.payload_read", target, { after }));
  return view;
}
