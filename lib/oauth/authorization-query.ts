import { SCOPES } from "./configuration";

/** What our authorization endpoint understands; the rest (RFC 6749, section 3.1: "MUST ignore") does not get in. */
const TAKEN = [
  "response_type",
  "client_id",
  "redirect_uri",
  "state",
  "code_challenge",
  "code_challenge_method",
  "resource",
];

/**
 * The query as oidc-provider gets it. There is one scope, so whatever was asked for, or nothing, becomes it (RFC 6749,
 * section 3.3), and every authorization asks the person, `prompt=none` included: then the client gets its error.
 * Null where a value holds what no OAuth value may (Appendix A) and no database can store.
 */
export function authorizationQuery(asked: URLSearchParams): string | null {
  const query = new URLSearchParams();
  for (const name of TAKEN) {
    for (const value of asked.getAll(name)) {
      if (!/^[\x20-\x7e]*$/.test(value)) return null;
      query.append(name, value);
    }
  }
  query.set("scope", SCOPES);
  query.set("prompt", asked.get("prompt") === "none" ? "none" : "consent");
  return `?${query}`;
}
