import type { Identity } from "../contract";

/** Of an upstream's answer, what concerns one hop or its own encoding, which is undone here. */
const DROPPED =
  /^(?:connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|content-length|content-encoding|alt-svc|x-rt-.*)$/;

/** The upstream's headers that the function gets, scrubbed. */
export function answerHeaders(given: Iterable<[string, string]>, scrub: (text: string) => string): [string, string][] {
  return [...given].filter(([name]) => !DROPPED.test(name.toLowerCase())).map(([name, value]) => [name, scrub(value)]);
}

/** Name of the header in which the host worker tells the egress who asks. */
export const IDENTITY_HEADER = "x-rt-props";

/** As a header value, which must be ASCII. */
export const writeIdentity = (identity: Identity): string => encodeURIComponent(JSON.stringify(identity));

/** Null where the header is missing or malformed. */
export function readIdentity(header: string | null | undefined): Identity | null {
  try {
    const value: unknown = JSON.parse(decodeURIComponent(header ?? ""));
    return isIdentity(value) ? value : null;
  } catch {
    return null;
  }
}

function isIdentity(value: unknown): value is Identity {
  if (typeof value !== "object" || value === null) return false;
  const { ws, ins, dep, rev, user, call } = value as Record<string, unknown>;
  const optional = [user, call].every((one) => one === undefined || typeof one === "string");
  return [ws, ins, dep].every((one) => typeof one === "string") && typeof rev === "number" && optional;
}
