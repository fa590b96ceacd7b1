import { createDatabase } from "@/db/node";
import { sharedMasterKeys } from "@/lib/crypto/live-master-keys";
import { importMasterKeys, type MasterKeys } from "@/lib/crypto/master-keys";
import { ownHosts } from "@/lib/egress/own-hosts";
import { createUndiciTransport } from "@/lib/egress/undici-transport";
import { type Env, readEnv } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { withOwn } from "@/lib/hub/catalogue";
import type { Listing } from "@/lib/hub/listing";
import { createLog, type Log } from "@/lib/log";
import { createMailer } from "@/lib/mail/create-mailer";
import type { UpstreamTransport } from "@/lib/mcp/transport";
import type { Db, Mailer } from "@/lib/services/context";
import { readAllowPrivate } from "@/lib/services/instance/allow-private";
import { type Attempts, createAttempts, createCounter } from "./attempts";
import { readOwnListings } from "./own-listings";

/** How long the instance page's ranges may be out of date in the connect check, in ms. */
const POLICY_MS = 1_000;

/** What one process needs once, whoever asks. */
export interface Runtime {
  env: Env;
  db: Db;
  masterKeys: MasterKeys;
  transport: UpstreamTransport;
  log: Log;
  /** Null where no mail server is configured. */
  mail: Mailer | null;
  /** The Hub: catalogue and operator's own. */
  listings: readonly Listing[];
  attempts: Attempts;
  /** Asked-for reset links by network address. */
  resets: ReturnType<typeof createCounter>;
  /** Secret of the session cookie. */
  authSecret: string;
  /** Cookies travel over https only. */
  secureCookies: boolean;
  /** Reads the ranges that the instance page allows, unless that was done within the last second. */
  refreshPolicy(): Promise<void>;
}

/** Next gives pages and route handlers separate copies of a module, but the same globalThis. */
const holder = globalThis as { aerostackRuntime?: Promise<Runtime> };

/** The process's runtime, built on first use; a failed attempt is not kept. */
export function runtime(): Promise<Runtime> {
  holder.aerostackRuntime ??= build().catch((error: unknown) => {
    holder.aerostackRuntime = undefined;
    throw error;
  });
  return holder.aerostackRuntime;
}

async function build(): Promise<Runtime> {
  const env = readEnv(process.env);
  const { databaseUrl, masterKey, authSecret } = env;
  if (!databaseUrl || !masterKey || !authSecret)
    throw new AppError(
      "unavailable",
      "DATABASE_URL, AEROSTACK_MASTER_KEY and NEXTAUTH_SECRET are needed. Start with `npm start`, which sets them.",
    );
  const { db } = createDatabase(databaseUrl);
  const own = ownHosts(env.baseUrl, env.port);
  let allowed: string[] = [];
  let readAt = 0;
  return {
    env,
    db,
    masterKeys: sharedMasterKeys() ?? (await importMasterKeys(masterKey)),
    transport: createUndiciTransport(() => ({
      allowPrivate: [...env.allowPrivateUpstreams, ...allowed],
      ownHosts: own,
    })),
    log: createLog(),
    mail: env.mail && createMailer(env.mail),
    listings: withOwn(await readOwnListings(env.hubCatalog)),
    attempts: createAttempts(),
    resets: createCounter(),
    authSecret,
    secureCookies: env.baseUrl.startsWith("https:"),
    async refreshPolicy() {
      if (Date.now() - readAt < POLICY_MS) return;
      readAt = Date.now();
      allowed = await readAllowPrivate(db);
    },
  };
}
