import { openDataKey } from "@/lib/crypto/data-key";
import type { MasterKeys } from "@/lib/crypto/master-keys";
import type { CryptoPort } from "@/lib/crypto/port";
import { openPrepared } from "@/lib/crypto/secret";
import { fillTemplate } from "@/lib/mcp/header-template";
import { redactor } from "@/lib/mcp/redact";
import type { UpstreamServer, WorkspaceSnapshot } from "./ports";
import { type Recipe, recipeOf } from "./recipe";

/** Headers ready to send to one server, and what takes the secrets in them out of its answers. */
export interface Injection {
  headers: Record<string, string>;
  redact(text: string): string;
}

/** A server's headers name secrets without a value, or with one sealed for another origin; `own`: the member can set it. */
export class MissingSecretError extends Error {
  override readonly name = "MissingSecretError";
  constructor(readonly missing: Recipe["missing"]) {
    super("A secret of this server is not set");
  }
}

/**
 * Opens the secrets that one server's templates name and fills the headers, for one request. A secret is used only
 * where its bound origin is the server's origin today; the seal proves that binding again.
 * @param memberId whose own values may be used; null: shared ones only
 * @throws MissingSecretError; AppError `internal` when a seal does not open
 */
export async function inject(
  server: UpstreamServer,
  snapshot: WorkspaceSnapshot,
  memberId: string | null,
  keys: MasterKeys,
  port: CryptoPort,
): Promise<Injection> {
  const { missing, parts } = recipeOf(server, snapshot, memberId);
  if (missing.length > 0) throw new MissingSecretError(missing);
  const values = new Map<string, string>();
  for (const { name, dataKey, sealed } of parts) {
    values.set(name, await openPrepared(await openDataKey(keys, dataKey), sealed, port));
  }
  const headers: Record<string, string> = {};
  for (const header of server.headers) headers[header.name] = fillTemplate(header.template, values);
  return { headers, redact: redactor([...values.values(), ...encodedParts(headers)]) };
}

/** `Basic …` carries its values in another spelling, which must not be echoed either. */
const encodedParts = (headers: Record<string, string>): string[] =>
  Object.values(headers).flatMap((value) => /^basic (.+)$/i.exec(value)?.[1] ?? []);
