import type { HeaderInput } from "@/lib/services/server/schemas";

export type AuthKind = "none" | "bearer" | "header" | "basic";

/** What the credential part of the form holds. */
export interface AuthDraft {
  kind: AuthKind;
  /** Name of the secret for `bearer` and `header`. */
  secretName: string;
  headerName: string;
  /** Text before the secret in a custom header, e.g. `Token token=`. */
  prefix: string;
  value: string;
  user: string;
  password: string;
}

export const AUTH_KINDS: { value: AuthKind; label: string; hint: string }[] = [
  { value: "none", label: "None", hint: "The server is open, or its URL is enough." },
  { value: "bearer", label: "Bearer token", hint: "Sent as Authorization: Bearer …; most servers want this." },
  { value: "header", label: "Custom header", hint: "An API key in a header of its own." },
  { value: "basic", label: "User and password", hint: "Sent as Authorization: Basic …" },
];

export const EMPTY_AUTH: AuthDraft = {
  kind: "none",
  secretName: "API_TOKEN",
  headerName: "X-API-Key",
  prefix: "",
  value: "",
  user: "",
  password: "",
};

/** Header templates and the secrets that fill them. Values stay apart from the templates, which are stored readable. */
export function toCredentials(auth: AuthDraft): { headers: HeaderInput[]; secrets: Record<string, string> } {
  const { kind, secretName, headerName, prefix, value, user, password } = auth;
  const secret = value === "" ? {} : { [secretName]: value };
  switch (kind) {
    case "none":
      return { headers: [], secrets: {} };
    case "bearer":
      return { headers: [{ name: "Authorization", template: `Bearer {{${secretName}}}` }], secrets: secret };
    case "header":
      return { headers: [{ name: headerName.trim(), template: `${prefix}{{${secretName}}}` }], secrets: secret };
    case "basic":
      return {
        headers: [{ name: "Authorization", template: "Basic {{b64:USERNAME:PASSWORD}}" }],
        secrets: { ...(user === "" ? {} : { USERNAME: user }), ...(password === "" ? {} : { PASSWORD: password }) },
      };
  }
}

/** `GITHUB_TOKEN` from `https://api.githubcopilot.com/mcp`-like URLs: the part of the host that names its owner. */
export function suggestSecretName(url: string): string {
  const part = ownerPart(url)
    ?.toUpperCase()
    .replace(/[^A-Z0-9]+/g, "_");
  return part && /^[A-Z]/.test(part) ? `${part.slice(0, 40)}_TOKEN` : "API_TOKEN";
}

/** The telling part of a host: `github` of `mcp.github.com`; undefined for addresses and bare names. */
export function ownerPart(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const labels = new URL(url).hostname.split(".");
  const isAddress = labels.every((label) => /^\d+$/.test(label)) || labels.length < 2;
  return isAddress ? undefined : labels.at(-2);
}
