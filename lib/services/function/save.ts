import { audit } from "@/lib/services/audit/record";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { lockWorkspace } from "@/lib/services/workspace/touch";
import { findFunction } from "./find";
import { getFunction } from "./get";
import { writeDraft } from "./release-candidate";
import { SaveFunctionInput } from "./schemas";
import type { FunctionDetail } from "./view";

/** Replaces the draft; what answers stays. @throws AppError `forbidden`, `not_found`, `invalid` */
export async function saveFunction(ctx: WorkspaceCtx, input: SaveFunctionInput): Promise<FunctionDetail> {
  requirePermission(ctx, "function.manage");
  const { function: ref, files, entry } = parse(SaveFunctionInput, input);
  await ctx.db.transaction(async (tx) => {
    await lockWorkspace(tx, ctx.workspace.id);
    const hosted = await findFunction(tx, ctx, ref, true);
    await writeDraft(tx, ctx, hosted, { files, entry });
    const target = { type: "function", id: hosted.fn.id, name: hosted.server.name };
    await audit(tx, ctx, "function.update", target, { after: { files: Object.keys(files), entry } });
  });
  return getFunction(ctx, { function: ref });
}
