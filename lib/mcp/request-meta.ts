import { VERSION } from "@/lib/version";
import { type Span, splice, topLevelSpans } from "./json-span";
import {
  META_CLIENT_CAPABILITIES,
  META_CLIENT_INFO,
  META_LOG_LEVEL,
  META_PROTOCOL_VERSION,
  META_SUBSCRIPTION_ID,
  MODERN_VERSION,
} from "./protocol";

/** Keys that make the envelope of a 2026-07-28 request; an older server gets none of them. */
const ENVELOPE: readonly string[] = [META_PROTOCOL_VERSION, META_CLIENT_INFO, META_CLIENT_CAPABILITIES, META_LOG_LEVEL];
/** Those of them that every hop sets for itself. The log level is the caller's own wish and goes on. */
const PER_HOP: readonly string[] = [META_PROTOCOL_VERSION, META_CLIENT_INFO, META_CLIENT_CAPABILITIES];

/** What the gateway calls itself before upstreams. */
export const CLIENT_INFO = JSON.stringify({ name: "aerostack", version: VERSION });

/** Members of the JSON object that `json` is; null where it is none, or where a key stands twice. */
function members(json: string): Map<string, Span> | null {
  try {
    return json.startsWith("{") ? topLevelSpans(json) : null;
  } catch {
    return null;
  }
}

/** The object's text without some of its members; the bytes of the others stay. */
function without(json: string, spans: Map<string, Span>, keys: readonly string[]): string {
  const kept = [...spans].filter(([key]) => !keys.includes(key));
  return kept.length === spans.size ? json : `{${kept.map(([, span]) => memberText(json, span)).join(",")}}`;
}

const memberText = (json: string, span: Span): string => json.slice(span.keyStart, span.valueEnd);

/** A caller's params without the envelope of a modern request, for an older server. */
export function withoutModernMeta(params: string | undefined): string | undefined {
  if (!params?.includes("io.modelcontextprotocol")) return params;
  const span = members(params)?.get("_meta");
  if (!span) return params;
  const meta = params.slice(span.valueStart, span.valueEnd);
  const spans = members(meta);
  return spans
    ? splice(params, [{ start: span.valueStart, end: span.valueEnd, text: without(meta, spans, ENVELOPE) }])
    : params;
}

/** Text of the envelope's members for a client of these capabilities: made once for each session. */
export const envelopeOf = (capabilities: Record<string, unknown>): string =>
  [
    [META_PROTOCOL_VERSION, JSON.stringify(MODERN_VERSION)],
    [META_CLIENT_INFO, CLIENT_INFO],
    [META_CLIENT_CAPABILITIES, JSON.stringify(capabilities)],
  ]
    .map(([key, value]) => `${JSON.stringify(key)}:${value}`)
    .join(",");

/**
 * A caller's params under the envelope of 2026-07-28. What else `_meta` holds stays byte for byte, but for the progress
 * token, in whose place stands `id` (as in older sessions, where tokens of many callers meet). A `_meta` that is
 * ambiguous or no object is put aside.
 * @param token the caller's own, as raw JSON, where it asked for progress
 * @throws SyntaxError where the params are no object, or ambiguous
 */
export function withEnvelope(
  params: string | undefined,
  envelope: string,
  id: number,
): { params: string; token: string | null } {
  const spans = topLevelSpans(params ?? "{}");
  const place = spans.get("_meta");
  if (params === undefined || spans.size === 0) return { params: `{"_meta":{${envelope}}}`, token: null };
  if (!place) {
    const first = params.indexOf("{") + 1;
    return { params: `${params.slice(0, first)}"_meta":{${envelope}},${params.slice(first)}`, token: null };
  }
  const meta = params.slice(place.valueStart, place.valueEnd);
  let token: string | null = null;
  const kept = [...(members(meta) ?? [])].flatMap(([key, span]) => {
    if (PER_HOP.includes(key)) return [];
    if (key !== "progressToken") return [memberText(meta, span)];
    token = meta.slice(span.valueStart, span.valueEnd);
    return [`"progressToken":${id}`];
  });
  const text = `{${[envelope, ...kept].join(",")}}`;
  return { params: splice(params, [{ start: place.valueStart, end: place.valueEnd, text }]), token };
}

/** A notification as a listen stream brought it, without the subscription's id; `_meta` goes where nothing else is in it. */
export function withoutSubscription(notification: string): string {
  if (!notification.includes("subscriptionId")) return notification;
  const params = members(notification)?.get("params");
  if (!params) return notification;
  const text = notification.slice(params.valueStart, params.valueEnd);
  const spans = members(text);
  const place = spans?.get("_meta");
  if (!spans || !place) return notification;
  const meta = text.slice(place.valueStart, place.valueEnd);
  const left = without(meta, members(meta) ?? new Map(), [META_SUBSCRIPTION_ID]);
  const cut =
    left === "{}"
      ? without(text, spans, ["_meta"])
      : splice(text, [{ start: place.valueStart, end: place.valueEnd, text: left }]);
  return splice(notification, [{ start: params.valueStart, end: params.valueEnd, text: cut }]);
}
