import { hashPassword } from "@/lib/auth/password";
import type { MasterKeys } from "@/lib/crypto/master-keys";
import type { Env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import type { Log } from "@/lib/log";
import { UpstreamError } from "@/lib/mcp/transport";
import type { Ctx, Db } from "@/lib/services/context";
import { ensureOwnerFromEnv } from "@/lib/services/setup/ensure-owner-from-env";
import { createSetupLink } from "@/lib/services/setup/setup-link";
import { StartError } from "./start-error";

/**
 * Sees to it that there is an owner, or a way to become one: from the environment where it names one, else by a
 * one-time link, which is returned.
 * @throws StartError where the environment's owner cannot be made
 */
export async function prepareOwner(parts: {
  env: Env;
  db: Db;
  masterKeys: MasterKeys;
  publicUrl: string;
  log: Log;
}): Promise<string | null> {
  const { env, db, masterKeys, publicUrl, log } = parts;
  const ctx: Ctx = {
    actor: { type: "system", userId: null, id: null, email: null, name: "Aerostack", instanceOwner: false },
    db,
    now: () => new Date(),
    masterKeys,
    mail: null,
    functions: null,
    transport: () =>
      Promise.reject(new UpstreamError("unreachable", "No upstream is reached while the server starts.")),
    allowPrivate: [],
    listings: [],
    publicUrl,
    request: { id: newId("audit"), sourceIp: null, userAgent: null },
    log,
  };
  const { ownerEmail: email, ownerPassword: password, ownerApiKey: apiKey } = env;
  if (email === null) return createSetupLink(ctx);
  try {
    await ensureOwnerFromEnv(ctx, {
      email,
      hashPassword: password === null ? null : () => hashPassword(password),
      apiKey,
    });
  } catch (error) {
    throw error instanceof AppError
      ? new StartError(`The owner named by the environment cannot be made. ${error.message}`)
      : error;
  }
  return createSetupLink(ctx);
}
