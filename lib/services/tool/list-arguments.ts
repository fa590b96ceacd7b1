import { AppError } from "@/lib/errors";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { findServer } from "@/lib/services/server/find";
import { readTools } from "@/lib/services/server/read";
import { readArguments } from "./read-arguments";
import { ListToolArgumentsInput } from "./schemas";
import type { ToolArgument } from "./view";

/** The arguments of one tool, for the form of a rule. @throws AppError `forbidden`, `not_found` */
export async function listToolArguments(ctx: WorkspaceCtx, input: ListToolArgumentsInput): Promise<ToolArgument[]> {
  requirePermission(ctx, "rule.manage");
  const { server: ref, tool: name } = parse(ListToolArgumentsInput, input);
  const server = await findServer(ctx.db, ctx, ref);
  const tool = (await readTools(ctx.db, ctx, server)).find((entry) => entry.name === name);
  if (!tool) throw new AppError("not_found", "This server has no such tool.");
  const definition = parseJson(tool.definition);
  return readArguments(
    typeof definition === "object" && definition !== null ? Reflect.get(definition, "inputSchema") : undefined,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
