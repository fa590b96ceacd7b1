import type { Actor, Ctx } from "@/lib/services/context";
import { functionEngine } from "./function-engine";
import type { Runtime } from "./runtime";

/** Puts runtime, actor and request together. The server in front has made X-Forwarded-For true (`lib/server/source-ip.ts`). */
export async function makeCtx(runtime: Runtime, actor: Actor, headers: Headers): Promise<Ctx> {
  await runtime.refreshPolicy();
  const { env, db, masterKeys, transport, log, mail, listings } = runtime;
  return {
    actor,
    db,
    masterKeys,
    transport,
    log,
    mail,
    listings,
    functions: functionEngine(),
    now: () => new Date(),
    allowPrivate: env.allowPrivateUpstreams,
    publicUrl: env.baseUrl,
    request: {
      id: crypto.randomUUID(),
      sourceIp: sourceIpOf(headers),
      userAgent: headers.get("user-agent")?.slice(0, 400) ?? null,
    },
  };
}

/** Address of the client as the server in front saw it. */
export function sourceIpOf(headers: Headers): string | null {
  return headers.get("x-forwarded-for")?.split(",")[0]?.trim() || null;
}
