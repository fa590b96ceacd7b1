import { hkdfSync } from "node:crypto";
import type { EventEmitter } from "node:events";
import Provider from "oidc-provider";
import { makeCtx } from "@/lib/auth/make-ctx";
import { notifyGateway } from "@/lib/auth/notify";
import { type Runtime, runtime } from "@/lib/auth/runtime";
import { errorFields } from "@/lib/log";
import type { Actor } from "@/lib/services/context";
import { endGrant } from "@/lib/services/grant/end";
import { configuration, issuerOf } from "./configuration";
import { findAccount } from "./find-account";
import { guardedFetch } from "./guarded-fetch";
import { createRateLimit } from "./rate-limit";
import { createRecords } from "./records";

/** Without a configured public URL people come by several names of one machine; a handful is plenty. */
const MAX_ORIGINS = 8;

/** Next gives pages and route handlers separate copies of a module, but the same globalThis. */
const holder = globalThis as { aerostackOauth?: Map<string, Provider> };

const fetchLimit = createRateLimit(30, 10 * 60_000);

/** The authorization server itself acts: a client gave its grant back, or a copied credential was used. */
const SERVER: Actor = {
  type: "system",
  userId: null,
  id: null,
  email: null,
  name: "Authorization server",
  instanceOwner: false,
};

/** The authorization server as this origin's clients see it. What it keeps is in the database, so any node may answer. */
export async function providerFor(origin: string): Promise<Provider> {
  const process = await runtime();
  await process.refreshPolicy();
  holder.aerostackOauth ??= new Map();
  const known = holder.aerostackOauth.get(origin) ?? createProvider(origin, process);
  if (holder.aerostackOauth.size >= MAX_ORIGINS) holder.aerostackOauth.clear();
  holder.aerostackOauth.set(origin, known);
  return known;
}

function createProvider(origin: string, process: Runtime): Provider {
  const { db, masterKeys, authSecret, transport, log } = process;
  const provider = new Provider(
    issuerOf(origin),
    configuration({
      origin,
      masterKeys,
      adapter: createRecords({
        db,
        now: () => new Date(),
        async endGrant(grantId) {
          const headers = new Headers(Object.entries(Provider.ctx?.headers ?? {}).map(([k, v]) => [k, String(v)]));
          await endGrant(await makeCtx(process, SERVER, headers), grantId);
          notifyGateway();
        },
      }),
      cookieKeys: [Buffer.from(hkdfSync("sha256", authSecret, "", "oauth cookies", 32)).toString("base64url")],
      findAccount: (memberId) => findAccount(db, memberId),
      allowFetch: fetchLimit,
      fetch: guardedFetch(transport),
    }),
  );
  provider.on("server_error", (_ctx, error) => log.error("oauth.failed", errorFields(error)));
  // Koa's own event, which would otherwise print a stack.
  (provider as EventEmitter).on("error", (error: unknown) => log.error("oauth.failed", errorFields(error)));
  return provider;
}
