import { isOtherSpelling } from "@/lib/access/spelling";
import { newId } from "@/lib/ids";
import { LIMITS } from "@/lib/limits";
import { type Span, topLevelSpans } from "@/lib/mcp/json-span";
import { splitName } from "@/lib/mcp/tool-name";
import { keepPayload } from "./kept-payloads";
import type { Message } from "./message";
import type { CallIntent } from "./ports";
import { recipeOf } from "./recipe";
import type { Engine, Scope } from "./scope";
import type { ExposedTool } from "./toolset";

/** What a `tools/call` asks for. */
export interface ParsedCall {
  name: string;
  paramsText: string;
  /** Where the name stands in `paramsText`. */
  nameSpan: Span;
  /** The arguments exactly as sent; null where absent. */
  argumentsText: string | null;
}

/** Checks the params of a `tools/call`; a string says what is wrong with them. */
export function parseCall(message: Message): ParsedCall | string {
  const span = message.spans.get("params");
  const name = message.params?.name;
  if (!span || typeof name !== "string" || name === "")
    return "tools/call needs params.name, the name of a tool from tools/list.";
  if (name.length > LIMITS.toolNameLength * 2) return "params.name is too long.";
  const args = message.params?.arguments;
  if (args !== undefined && (typeof args !== "object" || args === null || Array.isArray(args)))
    return "params.arguments must be an object.";
  const paramsText = message.text.slice(span.valueStart, span.valueEnd);
  try {
    const spans = topLevelSpans(paramsText);
    for (const key of spans.keys()) {
      // An upstream that reads keys without regard to case would take this one for the real one.
      if (isOtherSpelling(key, "name") || isOtherSpelling(key, "arguments"))
        return "params.name and params.arguments must be spelled exactly so.";
    }
    const nameSpan = spans.get("name");
    const argumentsSpan = spans.get("arguments");
    if (!nameSpan) return "params.name must be written plainly.";
    const argumentsText = argumentsSpan ? paramsText.slice(argumentsSpan.valueStart, argumentsSpan.valueEnd) : null;
    return { name, paramsText, nameSpan, argumentsText };
  } catch {
    return "A key stands twice in the params.";
  }
}

/** The row to commit before a call is made. */
export async function intentOf(
  engine: Pick<Engine, "now" | "crypto" | "keys" | "log">,
  scope: Scope,
  message: Message,
  call: ParsedCall,
  tool: ExposedTool | null,
): Promise<CallIntent> {
  const { principal, session } = scope;
  const now = engine.now();
  const asked = splitName(call.name) ?? { slug: "", tool: call.name };
  const id = newId("call", now);
  const args = tool && scope.workspace.keepArguments ? call.argumentsText : null;
  const kept = args === null ? null : await keepPayload(engine, scope, { callId: id, part: "arguments" }, args);
  return {
    id,
    workspaceId: principal.workspaceId,
    occurredAt: now,
    memberId: principal.memberId,
    actorName: principal.name,
    actorEmail: principal.email,
    actorRole: principal.role,
    tokenId: principal.tokenId,
    tokenPrefix: principal.tokenPrefix,
    authMethod: principal.method,
    argsSealed: kept?.sealed ?? null,
    argsKeyId: kept?.keyId ?? null,
    clientName: session?.clientName ?? null,
    clientVersion: session?.clientVersion ?? null,
    sourceIp: scope.sourceIp,
    userAgent: scope.userAgent,
    sessionId: session?.id ?? null,
    requestId: crypto.randomUUID(),
    method: message.method,
    serverId: tool?.server.id ?? null,
    server: tool?.server.slug ?? asked.slug,
    tool: tool?.name ?? asked.tool,
    toolKind: tool?.kind ?? null,
    requestBytes: message.text.length,
    argsSha256: call.argumentsText === null ? null : await engine.crypto.sha256Hex(call.argumentsText),
    secretsUsed: tool ? recipeOf(tool.server, scope.workspace, principal.memberId).names : [],
    outcome: "pending",
    errorClass: null,
    errorCode: null,
  };
}

/** The same row for a call that is refused before any upstream is touched. */
export const denial = (intent: CallIntent, errorClass: string, errorCode: number | null = null): CallIntent => ({
  ...intent,
  outcome: "denied",
  errorClass,
  errorCode,
});
