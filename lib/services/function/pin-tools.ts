import { AppError } from "@/lib/errors";
import { LIMITS } from "@/lib/limits";
import { isAcceptableToolName } from "@/lib/mcp/tool-name";

/** A tool as the trial listed it; `definition` is JSON text. */
export interface PinnedTool {
  name: string;
  definition: string;
}

const shown = (name: string) => JSON.stringify(name.slice(0, 80));
const refuse = (message: string) => new AppError("invalid", message, { field: "tools" });

/**
 * The tools of a deployment, as they stay. A proxied server's odd tools are left out; an author is told instead.
 * @throws AppError `invalid`: none, too many, too large, a name twice or one that may not be listed
 */
export function pinTools(tools: { name: string; [field: string]: unknown }[]): PinnedTool[] {
  if (tools.length === 0) throw refuse("The function has no tools.");
  if (tools.length > LIMITS.toolsPerServer) throw refuse(`At most ${LIMITS.toolsPerServer} tools.`);
  const pinned = new Map<string, PinnedTool>();
  let size = 0;
  for (const tool of tools) {
    if (!isAcceptableToolName(tool.name))
      throw refuse(`${shown(tool.name)} is no name for a tool: letters, digits, "_", "-", "." and "/", at most 128.`);
    if (pinned.has(tool.name)) throw refuse(`The function lists two tools named ${shown(tool.name)}.`);
    const definition = asText(tool);
    size += definition.length;
    if (size > LIMITS.listBytes) throw refuse("The list of tools has more than 2 MiB.");
    pinned.set(tool.name, { name: tool.name, definition });
  }
  return [...pinned.values()];
}

function asText(tool: object): string {
  try {
    return JSON.stringify(tool);
  } catch (cause) {
    throw new AppError("invalid", "A tool's definition is nested too deeply.", { field: "tools", cause });
  }
}
