import { splice, topLevelSpans } from "@/lib/mcp/json-span";
import { RPC } from "@/lib/mcp/protocol";
import { type Answer, failure, modernised, success } from "./answer";
import { memberOf } from "./bridge/results";
import { findPrompt } from "./get-prompt";
import type { Message } from "./message";
import { pass } from "./pass";
import type { UpstreamServer } from "./ports";
import { findResource } from "./read-resource";
import type { Engine, Scope } from "./scope";

/** `completion/complete`: asks the server whose prompt or resource template is referred to. */
export async function complete(engine: Engine, scope: Scope, message: Message): Promise<Answer> {
  const { ref } = (message.params ?? {}) as { ref?: unknown };
  const span = message.spans.get("params");
  const target = span && (await resolve(engine, scope, ref));
  if (!span || !target)
    return failure(
      RPC.invalidParams,
      "params.ref must name a prompt, or the URI template of a resource, that is listed.",
    );
  let params: string;
  try {
    params = withRef(message.text.slice(span.valueStart, span.valueEnd), target.key, target.own);
  } catch {
    return failure(RPC.invalidParams, "A key stands twice in the params.");
  }
  const { session, answer } = await pass(engine, scope, target.server, "completion/complete", params);
  if (answer.kind === "error" || scope.era === "legacy" || session?.era !== "legacy") return answer;
  return success(modernised(scope, answer.json, session.info, null));
}

interface Target {
  server: UpstreamServer;
  key: "name" | "uri";
  /** The server's own name for it. */
  own: string;
}

async function resolve(engine: Engine, scope: Scope, ref: unknown): Promise<Target | null> {
  const { type, name, uri } = (typeof ref === "object" && ref !== null ? ref : {}) as Record<string, unknown>;
  if (type === "ref/prompt" && typeof name === "string") {
    const prompt = await findPrompt(engine, scope, name);
    return prompt && { server: prompt.server, key: "name", own: prompt.name };
  }
  if (type !== "ref/resource" || typeof uri !== "string") return null;
  const resource = await findResource(engine, scope, uri);
  return resource && { server: resource.server, key: "uri", own: resource.uri };
}

/** The params with the server's own name in `ref`, all other bytes kept. */
function withRef(params: string, key: "name" | "uri", own: string): string {
  const ref = topLevelSpans(params).get("ref");
  const text = memberOf(params, "ref");
  const span = text && topLevelSpans(text).get(key);
  if (!ref || !span) throw new SyntaxError("The reference is not plain");
  const start = ref.valueStart + span.valueStart;
  return splice(params, [{ start, end: ref.valueStart + span.valueEnd, text: JSON.stringify(own) }]);
}
