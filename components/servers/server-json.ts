import { z } from "zod";
import type { HeaderInput } from "@/lib/services/server/schemas";

/** What a vendor's server.json says of its remote server, in our terms. */
export interface ServerFile {
  name: string;
  url: string;
  headers: HeaderInput[];
  /** What has to be pasted. */
  secrets: { name: string; label: string; required: boolean }[];
}

/** A file that cannot be used, in words for who opened it. */
export class ServerFileError extends Error {
  override readonly name = "ServerFileError";
}

const MAX_BYTES = 256 * 1_024;
/** The gateway's own; a file may not name them. */
const HEADER_NAME = /^[A-Za-z0-9-]{1,100}$/;

const Variable = z.object({ description: z.string().optional(), default: z.string().optional() });
const Header = z.object({
  name: z.string().regex(HEADER_NAME),
  value: z.string().max(2_000).optional(),
  description: z.string().optional(),
  isSecret: z.boolean().default(false),
  isRequired: z.boolean().default(false),
  variables: z.record(z.string(), Variable).default({}),
});
const Remote = z.object({
  type: z.enum(["streamable-http", "sse"]),
  url: z.url({ protocol: /^https?$/ }),
  headers: z.array(Header).max(16).default([]),
});
const ServerJson = z.object({
  name: z.string().min(1).max(200),
  title: z.string().max(100).optional(),
  remotes: z.array(z.object({ type: z.string() }).loose()).default([]),
});

/**
 * Reads a `server.json` (schema of static.modelcontextprotocol.io): the first remote that we can reach, with its headers.
 * A header's value with `{variable}` becomes a template; what is secret or unsaid becomes a secret to paste.
 * @throws ServerFileError
 */
export function readServerJson(text: string): ServerFile {
  if (text.length > MAX_BYTES) throw new ServerFileError("This file is too large for a server.json.");
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    throw new ServerFileError("This is not JSON.");
  }
  // Registries wrap the file: { "server": { … } }.
  const inner = z.object({ server: z.unknown() }).safeParse(json).data?.server ?? json;
  const parsed = ServerJson.safeParse(inner);
  if (!parsed.success) throw new ServerFileError("This is no server.json: it needs a name and a list of remotes.");
  const { name, title, remotes } = parsed.data;
  if (remotes.length === 0)
    throw new ServerFileError("This server has no remote address: it only runs as a program on a machine.");
  const remote = remotes.map((one) => Remote.safeParse(one)).find((one) => one.success)?.data;
  if (!remote) throw new ServerFileError("None of its remotes has an address and headers that can be used here.");
  if (/[{}]|%7b/i.test(remote.url))
    throw new ServerFileError("Its address has blanks to fill in. Type the address by hand.");
  const filled = remote.headers.map(toTemplate);
  return {
    name: title ?? name.split("/").at(-1) ?? name,
    url: remote.url,
    headers: filled.map(({ header }) => header),
    secrets: [...new Map(filled.flatMap(({ secrets }) => secrets).map((secret) => [secret.name, secret])).values()],
  };
}

/** `Bearer {token}` → `Bearer {{TOKEN}}`; a value without variables stays, unless it is to be secret. */
function toTemplate(header: z.output<typeof Header>): { header: HeaderInput; secrets: ServerFile["secrets"] } {
  const { name, value, description, isSecret, isRequired, variables } = header;
  const secrets: ServerFile["secrets"] = [];
  const ask = (from: string, label: string | undefined) => {
    const secret = secretName(from);
    secrets.push({ name: secret, label: label?.slice(0, 100) || from, required: isRequired });
    return `{{${secret}}}`;
  };
  const plain = value && !/\{\w+\}/.test(value) && !isSecret;
  const template = plain
    ? value
    : value && /\{\w+\}/.test(value)
      ? value.replace(/\{(\w+)\}/g, (_, variable: string) => ask(variable, variables[variable]?.description))
      : ask(name, description);
  return { header: { name, template }, secrets };
}

function secretName(text: string): string {
  const name = text
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, "_")
    .replace(/^[^A-Z]+|_+$/g, "");
  return name.slice(0, 64) || "API_KEY";
}

/** Headers and secrets to test and save with; a header whose optional secret is empty is left out. */
export function fileCredentials(
  { headers, secrets }: ServerFile,
  values: Record<string, string>,
): { headers: HeaderInput[]; secrets: Record<string, string> } {
  const left = secrets.filter(({ name, required }) => !required && !values[name]).map(({ name }) => `{{${name}}}`);
  return {
    headers: headers.filter(({ template }) => !left.some((hole) => template.includes(hole))),
    secrets: Object.fromEntries(secrets.flatMap(({ name }) => (values[name] ? [[name, values[name]]] : []))),
  };
}
