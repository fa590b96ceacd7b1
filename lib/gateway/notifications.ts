import { splice, topLevelSpans } from "@/lib/mcp/json-span";
import { META_SUBSCRIPTION_ID } from "@/lib/mcp/protocol";

export const LIST_KINDS = ["tools", "prompts", "resources"] as const;
/** A list whose changes are told by `notifications/<kind>/list_changed`. */
export type ListKind = (typeof LIST_KINDS)[number];

/** The list that a notification's method says to have changed; null for every other method. */
export const listChangeOf = (method: unknown): ListKind | null =>
  LIST_KINDS.find((kind) => method === `notifications/${kind}/list_changed`) ?? null;

/** A notification's text. @param params JSON text of an object */
export const notification = (method: string, params?: string): string =>
  `{"jsonrpc":"2.0","method":${JSON.stringify(method)}${params === undefined ? "" : `,"params":${params}`}}`;

/** Sets one member of a JSON object (text), all other bytes kept. @throws SyntaxError where it is none */
export function withMember(object: string, key: string, value: string): string {
  const spans = topLevelSpans(object);
  const known = spans.get(key);
  if (known) return splice(object, [{ start: known.valueStart, end: known.valueEnd, text: value }]);
  const end = object.lastIndexOf("}");
  return `${object.slice(0, end)}${spans.size > 0 ? "," : ""}${JSON.stringify(key)}:${value}${object.slice(end)}`;
}

/** A notification's params (JSON text) as one that belongs to a listen: with the id of its request in `_meta`. */
export function ofSubscription(params: string | undefined, id: string): string {
  const whole = params ?? "{}";
  const span = topLevelSpans(whole).get("_meta");
  const meta = span && whole[span.valueStart] === "{" ? whole.slice(span.valueStart, span.valueEnd) : "{}";
  return withMember(whole, "_meta", withMember(meta, META_SUBSCRIPTION_ID, id));
}

/** Raw text of a notification's params; undefined where it has none. */
export function paramsOf(json: string): string | undefined {
  const span = topLevelSpans(json).get("params");
  return span && json.slice(span.valueStart, span.valueEnd);
}
