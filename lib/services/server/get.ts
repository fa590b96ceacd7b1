import { allows } from "@/lib/access/permissions";
import type { WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { toListedTool } from "@/lib/services/tool/to-view";
import { findServer } from "./find";
import { readTools, viewServer } from "./read";
import { GetServerInput } from "./schemas";
import type { ServerDetail } from "./view";

/** One server with its tools; only who manages servers gets header templates. @throws AppError `not_found` */
export async function getServer(ctx: WorkspaceCtx, input: GetServerInput): Promise<ServerDetail> {
  const { server: ref } = parse(GetServerInput, input);
  const row = await findServer(ctx.db, ctx, ref);
  const view = await viewServer(ctx.db, ctx, row);
  const tools = await readTools(ctx.db, ctx, row);
  return {
    ...view,
    headers: allows(ctx.role, "server.manage") ? row.headers : [],
    toolList: tools.map((tool) => toListedTool(row.slug, tool)),
  };
}
