import { isOtherSpelling } from "@/lib/access/spelling";
import { newId } from "@/lib/ids";
import { LIMITS } from "@/lib/limits";
import { errorFields } from "@/lib/log";
import { type Span, topLevelSpans } from "@/lib/mcp/json-span";
import { splitName } from "@/lib/mcp/tool-name";
import { keepPayload } from "./kept-payloads";
import type { Message } from "./message";
import type { CallIntent } from "./ports";
import { recipeOf } from "./recipe";
import type { Engine, Scope } from "./scope";
import type { ExposedTool } from "./toolset";
import { UnavailableError } from "./unavailable";

/** Longest name or URI that a row keeps, in characters. */
const MAX_TOOL = 256;

/** What a `tools/call` or `prompts/get` asks for. */
export interface ParsedCall {
  name: string;
  paramsText: string;
  /** Where the name stands in `paramsText`. */
  nameSpan: Span;
  argumentsSpan: Span | undefined;
  /** The arguments exactly as sent; null where absent. */
  argumentsText: string | null;
}

/** Checks the params of a `tools/call` or `prompts/get`; a string says what is wrong with them. */
export function parseCall(message: Message): ParsedCall | string {
  const span = message.spans.get("params");
  const name = message.params?.name;
  if (!span || typeof name !== "string" || name === "")
    return message.method === "prompts/get"
      ? "prompts/get needs params.name, the name of a prompt from prompts/list."
      : "tools/call needs params.name, the name of a tool from tools/list.";
  if (name.length > LIMITS.toolNameLength * 2) return "params.name is too long.";
  const args = message.params?.arguments;
  if (args !== undefined && (typeof args !== "object" || args === null || Array.isArray(args)))
    return "params.arguments must be an object.";
  return readCall(name, message.text.slice(span.valueStart, span.valueEnd));
}

/** The places of a call's parts in its raw params. */
export function readCall(name: string, paramsText: string): ParsedCall | string {
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
    return { name, paramsText, nameSpan, argumentsSpan, argumentsText };
  } catch {
    return "A key stands twice in the params.";
  }
}

/** What a row is about: a call by the name that the client used, or a resource by its URI. */
export type Asked = Pick<ParsedCall, "name" | "argumentsText">;
/** What stands behind it. */
export type Behind = Pick<ExposedTool, "server" | "name" | "kind">;

/** The row to commit before a call is made. */
export async function intentOf(
  engine: Pick<Engine, "now" | "crypto" | "keys" | "log">,
  scope: Scope,
  message: Message,
  call: Asked,
  tool: Behind | null,
): Promise<CallIntent> {
  const { principal, session } = scope;
  const now = engine.now();
  const id = newId("call", now);
  const asked = tool ? null : unknownOf(scope, call.name);
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
    clientName: scope.clientName,
    clientVersion: scope.clientVersion,
    sourceIp: scope.sourceIp,
    userAgent: scope.userAgent,
    sessionId: session?.id ?? null,
    requestId: crypto.randomUUID(),
    method: message.method,
    serverId: tool?.server.id ?? null,
    server: tool?.server.slug ?? asked?.slug ?? "",
    tool: (tool?.name ?? asked?.tool ?? "").slice(0, MAX_TOOL),
    toolKind: tool?.kind ?? null,
    requestBytes: message.text.length,
    argsSha256: call.argumentsText === null ? null : await engine.crypto.sha256Hex(call.argumentsText),
    secretsUsed: tool ? recipeOf(tool.server, scope.workspace, principal.memberId).names : [],
    outcome: "pending",
    errorClass: null,
    errorCode: null,
  };
}

/** What an unknown name seems to mean. */
function unknownOf({ only }: Pick<Scope, "only">, name: string): { slug: string; tool: string } {
  return only ? { slug: only.slug, tool: name } : (splitName(name) ?? { slug: "", tool: name });
}

/** The same row for a call that is refused before any upstream is touched. */
export const denial = (intent: CallIntent, errorClass: string, errorCode: number | null = null): CallIntent => ({
  ...intent,
  outcome: "denied",
  errorClass,
  errorCode,
});

/** Commits a row. @throws UnavailableError where that fails: then nothing may be sent */
export async function commit(engine: Pick<Engine, "calls" | "log">, intent: CallIntent): Promise<void> {
  try {
    await engine.calls.commit(intent);
  } catch (cause) {
    engine.log.error("gateway.call_unrecorded", errorFields(cause));
    throw new UnavailableError("The call could not be recorded", { cause });
  }
}
