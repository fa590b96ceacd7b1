import { topLevelSpans } from "@/lib/mcp/json-span";
import { META_SERVER_INFO } from "@/lib/mcp/protocol";
import type { ServerRequest } from "@/lib/mcp/upstream";
import { memberOf } from "./results";

/** What a modern server needs before it can go on (2026-07-28, "Multi Round-Trip Requests"). */
export interface InputRequired {
  requests: { key: string; request: ServerRequest }[];
  /** Raw JSON text, to be sent back byte for byte; undefined where it gave none. */
  state: string | undefined;
}

/** Reads such a result. Null where it holds neither questions nor state, or anything that is no question. */
export function readInputRequired(result: string): InputRequired | null {
  try {
    const state = memberOf(result, "requestState");
    const asked = memberOf(result, "inputRequests");
    const requests = asked === undefined ? [] : readRequests(asked);
    return requests.length === 0 && !state?.startsWith('"') ? null : { requests, state };
  } catch {
    return null;
  }
}

function readRequests(json: string): InputRequired["requests"] {
  return [...topLevelSpans(json)].map(([key, { valueStart, valueEnd }]) => {
    const request = json.slice(valueStart, valueEnd);
    const method: unknown = JSON.parse(memberOf(request, "method") ?? "null");
    if (typeof method !== "string") throw new SyntaxError("An input request has no method");
    return { key, request: { method, params: memberOf(request, "params") } };
  });
}

/**
 * Such a result as the gateway makes it, for what an older server asks.
 * @param identity JSON text of who answers
 */
export function writeInputRequired(
  requests: readonly { key: string; request: ServerRequest }[],
  state: string,
  identity: string,
): string {
  const asked = requests.map(({ key, request: { method, params } }) => {
    const tail = params === undefined ? "" : `,"params":${params}`;
    return `${JSON.stringify(key)}:{"method":${JSON.stringify(method)}${tail}}`;
  });
  const meta = `"_meta":{${JSON.stringify(META_SERVER_INFO)}:${identity}}`;
  return `{"resultType":"input_required","inputRequests":{${asked.join(",")}},"requestState":${JSON.stringify(state)},${meta}}`;
}

/** Raw texts of the answers in a retried request's params, by key. @throws SyntaxError where they are no object */
export function readInputResponses(params: string): Map<string, string> {
  const json = memberOf(params, "inputResponses");
  if (json === undefined) return new Map();
  return new Map(
    [...topLevelSpans(json)].map(([key, { valueStart, valueEnd }]) => [key, json.slice(valueStart, valueEnd)]),
  );
}

/**
 * One question as the other era writes it: URL elicitation has an id in 2025-11-25 and none since.
 * @param to the era of the client that is asked
 */
export function translateRequest(request: ServerRequest, to: "legacy" | "modern"): ServerRequest {
  const { method, params } = request;
  if (method !== "elicitation/create" || params === undefined) return request;
  const spans = topLevelSpans(params);
  const mode = spans.get("mode");
  if (!mode || params.slice(mode.valueStart, mode.valueEnd) !== '"url"') return request;
  const known = spans.get("elicitationId");
  if (to === "legacy") {
    if (known) return request;
    return { method, params: `{"elicitationId":"${crypto.randomUUID()}",${params.slice(params.indexOf("{") + 1)}` };
  }
  const kept = [...spans].filter(([key]) => key !== "elicitationId");
  return { method, params: `{${kept.map(([, span]) => params.slice(span.keyStart, span.valueEnd)).join(",")}}` };
}
