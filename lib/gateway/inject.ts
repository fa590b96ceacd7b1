import { utf8 } from "@/lib/crypto/bytes";
import { openDataKey } from "@/lib/crypto/data-key";
import type { MasterKeys } from "@/lib/crypto/master-keys";
import { openSecret } from "@/lib/crypto/secret";
import { fillTemplate, secretNames } from "@/lib/mcp/header-template";
import type { UpstreamServer, WorkspaceSnapshot } from "./ports";

/** Headers ready to send to one server, and the texts that must never appear in its answers. */
export interface Injection {
  headers: Record<string, string>;
  needles: string[];
}

/** A server's headers name a secret that nobody has set, or that was sealed for another origin. */
export class MissingSecretError extends Error {
  override readonly name = "MissingSecretError";
  constructor(readonly names: string[]) {
    super("A secret of this server is not set");
  }
}

/** Names of the secrets that a server's header templates use, each once. */
export const secretsUsed = (server: UpstreamServer): string[] => [
  ...new Set(server.headers.flatMap((header) => secretNames(header.template))),
];

const MIN_NEEDLE = 6; // shorter values would blank out ordinary words of an answer

/**
 * Opens the secrets that one server's templates name and fills the headers, for one request. A secret is used only
 * where its bound origin is the server's origin today; the seal proves that binding again.
 * @throws MissingSecretError; AppError `internal` when a seal does not open
 */
export async function inject(
  server: UpstreamServer,
  snapshot: WorkspaceSnapshot,
  keys: MasterKeys,
): Promise<Injection> {
  const names = secretsUsed(server);
  if (names.length === 0)
    return { headers: Object.fromEntries(server.headers.map((header) => [header.name, header.template])), needles: [] };
  const origin = new URL(server.url).origin;
  const usable = server.secrets.filter((secret) => names.includes(secret.name) && secret.origin === origin);
  const missing = names.filter((name) => !usable.some((secret) => secret.name === name));
  if (missing.length > 0) throw new MissingSecretError(missing);
  const values = new Map<string, string>();
  for (const secret of usable) {
    const dataKey = snapshot.dataKeys.find((key) => key.id === secret.dataKeyId);
    if (!dataKey) throw new MissingSecretError([secret.name]);
    const key = await openDataKey(keys, { ...dataKey, workspaceId: snapshot.id });
    const binding = {
      workspaceId: snapshot.id,
      serverId: server.id,
      origin,
      name: secret.name,
      version: secret.version,
    };
    values.set(secret.name, await openSecret(key, secret.sealed, binding));
  }
  const headers = Object.fromEntries(
    server.headers.map((header) => [header.name, fillTemplate(header.template, values)]),
  );
  return { headers, needles: needles([...values.values(), ...encodedParts(headers)]) };
}

/** `Basic …` and the like carry the value in another spelling, which must not be echoed either. */
const encodedParts = (headers: Record<string, string>): string[] =>
  Object.values(headers).flatMap((value) => /^(?:basic) (.+)$/i.exec(value)?.[1] ?? []);

/** Every spelling of a value that a JSON answer may hold: as it is, JSON-escaped, base64, percent-encoded. */
function needles(values: string[]): string[] {
  const spellings = values
    .filter((value) => value.length >= MIN_NEEDLE)
    .flatMap((value) => [
      value,
      JSON.stringify(value).slice(1, -1),
      btoa(String.fromCharCode(...utf8(value))).replace(/=+$/, ""),
      encodeURIComponent(value),
    ]);
  return [...new Set(spellings)].sort((a, b) => b.length - a.length);
}

/** Takes secret values out of text that leaves the gateway. */
export function scrub(text: string, secrets: string[]): string {
  let clean = text;
  for (const needle of secrets) if (clean.includes(needle)) clean = clean.replaceAll(needle, "[redacted]");
  return clean;
}
