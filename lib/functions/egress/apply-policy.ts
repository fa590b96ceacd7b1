import { fromBase64, utf8 } from "@/lib/crypto/bytes";
import type { HostRule, Policy, Verdict } from "../contract";
import { checkDestination } from "./destination";
import { Refused, type Substitution, substitutionFor } from "./substitute";

/** A request as the function made it. */
export interface OutgoingRequest {
  method: string;
  url: string;
  headers: [name: string, value: string][];
  /** Reads the body as text; called only where a secret may stand in it. @throws Refused where it is too large */
  bodyText(): Promise<string>;
}

/** What may leave, and what was put into it. */
export interface Allowed {
  ok: true;
  url: URL;
  rule: HostRule;
  headers: [name: string, value: string][];
  /** Null: send the body as it came. */
  body: string | null;
  /** Values to take out of the answer. */
  injected: string[];
}

export type Decision = Allowed | { ok: false; verdict: Verdict };

/** Headers of one hop, of the transport, or ours; the function does not choose them. */
const OURS =
  /^(?:host|connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|expect|content-length|accept-encoding|x-rt-.*|x-forwarded-.*|forwarded|cf-.*|sec-websocket-.*)$/;
/** Bodies that a value can be put into without breaking them. */
const TEXTUAL = /^(?:application\/(?:[\w.+-]*\+)?json|application\/x-www-form-urlencoded|text\/plain)\b/i;
/** Same as `lib/crypto`'s, for text of any encoding a Basic credential may have. */
const latin1 = (bytes: Uint8Array) => String.fromCharCode(...bytes);

/**
 * Decides on one request and puts the values in. Pure: no clock, no network; both the Node egress and the one inside
 * a Cloudflare worker use it. A placeholder in a place that its secret is not bound to stops the request, except in
 * bodies, where it stays what it is.
 * @param placeholders by secret name
 * @param getSecret the value for this host, or null where none is set
 */
export async function applyPolicy(
  request: OutgoingRequest,
  policy: Policy,
  placeholders: ReadonlyMap<string, string>,
  getSecret: (name: string, host: string) => Promise<string | null>,
): Promise<Decision> {
  const upgrade = request.headers.some(([name]) => name.toLowerCase() === "upgrade");
  const to = checkDestination(request.method, request.url, policy, upgrade);
  if (!to.ok) return to;
  const { url, rule } = to;
  const host = url.hostname;
  const secrets = substitutionFor(host, policy.secrets, placeholders, (name) => getSecret(name, host));
  try {
    url.pathname = await fillPath(url.pathname, secrets);
    url.search = await fillQuery(url.search, secrets);
    const headers = await fillHeaders(request.headers, secrets);
    const body = await fillBody(request, secrets);
    const injected = [...secrets.injected];
    // A slice of an echo could not be recognised.
    const sent = injected.length > 0 ? headers.filter(([name]) => !/^(?:if-)?range$/.test(name)) : headers;
    return { ok: true, url, rule, headers: sent, body, injected };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, verdict: error.verdict };
    throw error;
  }
}

const decode = (text: string) => {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
};

/** For a path segment; `:` stays, since APIs with a credential in the path write it so. */
const encodeSegment = (value: string) => encodeURIComponent(value).replaceAll("%3A", ":");

async function fillPath(pathname: string, secrets: Substitution): Promise<string> {
  const filled = await secrets.fill(pathname, "path", encodeSegment);
  // Written with percent signs it would not be filled, and has no good reason to be there.
  if (filled === pathname && secrets.holds(decode(pathname))) throw new Refused("secret_location");
  if (filled.split("/").some((part, at) => /^\.\.?$/.test(part) && part !== pathname.split("/")[at]))
    throw new Refused("secret_location");
  return filled;
}

async function fillQuery(search: string, secrets: Substitution): Promise<string> {
  if (!secrets.holds(decode(search))) return search;
  const pairs = search
    .slice(1)
    .split("&")
    .map(async (pair) => {
      const [name = "", ...rest] = pair.split("=");
      const [key, value] = [decode(name), decode(rest.join("="))];
      if (secrets.holds(key)) throw new Refused("secret_location");
      if (!secrets.holds(value)) return pair;
      const filled = await secrets.fill(value, `query:${key}`);
      if (filled === value) throw new Refused("secret_location");
      return `${name}=${encodeURIComponent(filled)}`;
    });
  return `?${(await Promise.all(pairs)).join("&")}`;
}

async function fillHeaders(headers: [string, string][], secrets: Substitution): Promise<[string, string][]> {
  const out: [string, string][] = [];
  for (const [given, value] of headers) {
    const name = given.toLowerCase();
    if (secrets.holds(name)) throw new Refused("secret_location");
    if (OURS.test(name)) continue;
    const filled = await fillHeader(name, value, secrets);
    if (filled === value && secrets.holds(decode(value))) throw new Refused("secret_location");
    if (filled !== value && !/^[\t\x20-\x7e\x80-\xff]*$/.test(filled)) throw new Refused("secret_not_set");
    out.push([name, filled]);
  }
  out.push(["accept-encoding", "identity"]); // so that the answer can be searched
  return out;
}

/** `Authorization: Basic` is opened, filled and closed again; it counts as the same place. */
async function fillHeader(name: string, value: string, secrets: Substitution): Promise<string> {
  const basic = name === "authorization" ? /^basic\s+([A-Za-z0-9+/_-]+={0,2})$/i.exec(value)?.[1] : undefined;
  if (basic === undefined) return secrets.fill(value, `header:${name}`);
  const pair = tryBase64(basic);
  if (pair === null || !secrets.holds(pair)) return value;
  const encoded = btoa(latin1(utf8(await secrets.fill(pair, "header:authorization"))));
  secrets.injected.add(encoded); // an echo of the whole pair tells the value too
  return `Basic ${encoded}`;
}

function tryBase64(text: string): string | null {
  try {
    return latin1(fromBase64(text));
  } catch {
    return null;
  }
}

async function fillBody(request: OutgoingRequest, secrets: Substitution): Promise<string | null> {
  const type = request.headers.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";
  if (!secrets.takesBody || !TEXTUAL.test(type)) return null;
  const text = await request.bodyText();
  if (!secrets.holds(text)) return text;
  const encode = /json/i.test(type)
    ? (value: string) => JSON.stringify(value).slice(1, -1)
    : /urlencoded/i.test(type)
      ? encodeURIComponent
      : undefined;
  return fillWhatIsBound(text, secrets, encode);
}

/** Elsewhere an unbound placeholder stops the request; in a body it may be content, so it stays. */
async function fillWhatIsBound(text: string, secrets: Substitution, encode?: (value: string) => string) {
  try {
    return await secrets.fill(text, "body", encode);
  } catch (error) {
    if (error instanceof Refused && error.verdict !== "secret_not_set") return text;
    throw error;
  }
}
