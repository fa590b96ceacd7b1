import { AppError } from "@/lib/errors";
import type { WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { readAllTools, toWorkspaceTool } from "./list-all";
import { GetToolInput } from "./schemas";
import { inputSchemaOf } from "./to-view";
import type { ToolDetail } from "./view";

/** One tool with the schema of its arguments, for a form. A member finds only what they may use. @throws AppError `not_found` */
export async function getTool(ctx: WorkspaceCtx, input: GetToolInput): Promise<ToolDetail> {
  const { server, tool: name } = parse(GetToolInput, input);
  const rows = await readAllTools(ctx);
  const found = rows.find((row) => (row.server.slug === server || row.server.id === server) && row.tool.name === name);
  if (!found) throw new AppError("not_found", "There is no such tool, or you may not use it.");
  return { ...toWorkspaceTool(ctx, found), inputSchema: inputSchemaOf(found.tool.definition) };
}
