import { checkArguments, rulesFor } from "@/lib/access/evaluate-rules";
import { inScope } from "@/lib/access/tool-scope";
import { refuseDuplicateKeys } from "@/lib/mcp/json-keys";
import type { Message } from "./message";
import type { ParsedCall } from "./record";
import type { Scope } from "./scope";
import { type ExposedTool, scopedTool } from "./toolset";

/** Why a member may not make a call; `text` is for the model. */
export interface CallRefusal {
  errorClass: "tool_scope" | "argument_rule";
  text: string;
}

/** Whether this member may call this tool with these arguments; null: yes. */
export function refusalOf(
  scope: Pick<Scope, "principal" | "workspace">,
  tool: ExposedTool,
  call: ParsedCall,
  message: Message,
): CallRefusal | null {
  const { principal, workspace } = scope;
  if (!inScope(principal.toolScope, scopedTool(tool))) {
    const text = `You may not use the tool ${call.name} in this workspace. Ask an admin to add it to your tools.`;
    return { errorClass: "tool_scope", text };
  }
  if (workspace.rules.length === 0) return null;
  if (rulesFor(workspace.rules, principal, tool.server.id, tool.name).length === 0) return null;
  try {
    if (call.argumentsText !== null) refuseDuplicateKeys(call.argumentsText);
  } catch {
    // The upstream might read the other one than the rule did.
    return { errorClass: "argument_rule", text: "A key stands twice in the arguments. Send each key once." };
  }
  const verdict = checkArguments(workspace.rules, principal, tool.server.id, tool.name, message.params?.arguments);
  return verdict.ok
    ? null
    : { errorClass: "argument_rule", text: `${verdict.message} A rule of this workspace asks so.` };
}
