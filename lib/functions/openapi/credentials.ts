import { dereference } from "./document";
import { isObject, type Json, list, object, own, text } from "./json";

/** How one credential reaches the API: the secrets it needs and where its parts go. */
export type Credential =
  | { kind: "bearer"; secret: string }
  | { kind: "basic"; user: string; password: string }
  | { kind: "header"; name: string; secret: string }
  | { kind: "query"; name: string; secret: string };

/**
 * The credentials of most operations. A document may offer alternatives (the first that can be done with pasted secrets is
 * taken), and may say that an operation needs none although the API wants one; then the document's own rule holds.
 * @param prefix of the secrets' names, in capitals
 * @returns none where the API is open; null where it asks for something that cannot be pasted
 */
export function credentialsOf(document: Json, operations: Json[], prefix: string): Credential[] | null {
  const all = [document, ...operations]
    .flatMap((holder) => list(holder.security).filter(isObject))
    .filter((each) => Object.keys(each).length > 0);
  if (all.length === 0) return [];
  const schemes = object(object(document.components).securitySchemes);
  const options = new Map<string, { count: number; made: Credential[] }>();
  for (const requirement of all) {
    const names = Object.keys(requirement);
    const made = names.map((name) => credentialOf(object(dereference(document, own(schemes, name))), prefix));
    if (made.some((each) => each === null)) continue;
    const key = names.join(" ");
    options.set(key, { count: (options.get(key)?.count ?? 0) + 1, made: made.filter((each) => each !== null) });
  }
  return [...options.values()].sort((a, b) => b.count - a.count)[0]?.made ?? null;
}

function credentialOf(scheme: Json, prefix: string): Credential | null {
  const [name, where, kind] = [text(scheme.name), scheme.in, text(scheme.scheme)?.toLowerCase()];
  if (scheme.type === "http" && kind === "basic")
    return { kind, user: `${prefix}_USERNAME`, password: `${prefix}_PASSWORD` };
  if (scheme.type === "http" && kind === "bearer") return { kind, secret: `${prefix}_TOKEN` };
  if (scheme.type === "oauth2" || scheme.type === "openIdConnect") return { kind: "bearer", secret: `${prefix}_TOKEN` };
  if (scheme.type !== "apiKey" || name === undefined || !/^[\w.[\]-]{1,64}$/.test(name)) return null;
  if (where === "header" && name.toLowerCase() === "authorization")
    return { kind: "header", name: "authorization", secret: `${prefix}_TOKEN` };
  if (where === "header") return { kind: "header", name: name.toLowerCase(), secret: `${prefix}_API_KEY` };
  return where === "query" ? { kind: "query", name, secret: `${prefix}_API_KEY` } : null;
}

/** What the function declares: each secret, bound to the API's host and to its one place. */
export function secretsOf(credentials: Credential[], host: string): Record<string, { hosts: string[]; in: string[] }> {
  const bound = (place: string) => ({ hosts: [host], in: [place] });
  return Object.fromEntries(
    credentials.flatMap((each) => {
      if (each.kind === "bearer") return [[each.secret, bound("header:authorization")]];
      if (each.kind === "basic") return [each.user, each.password].map((name) => [name, bound("header:authorization")]);
      return [[each.secret, bound(`${each.kind}:${each.name}`)]];
    }),
  );
}
