import { LATEST_LEGACY, LEGACY_VERSIONS } from "@/lib/mcp/protocol";
import { welcome } from "./capabilities";
import type { Message } from "./message";
import { operate } from "./operate";
import { rpcResult } from "./responses";
import type { Engine, Scope } from "./scope";

export { welcome };

/** Answers one request of an initialize-era client; the text is a whole JSON-RPC message. @throws UnavailableError */
export function dispatch(engine: Engine, scope: Scope, message: Message): Promise<string> {
  return operate(engine, scope, message).then(({ kind, json }) =>
    kind === "result" ? rpcResult(message.id, json) : `{"jsonrpc":"2.0","id":${message.id},"error":${json}}`,
  );
}

/** What a client says of itself in `initialize`. */
export interface Hello {
  protocolVersion: string;
  clientName: string | null;
  clientVersion: string | null;
}

/** Reads `initialize` params; null when they are not usable (then `-32602`). An unknown version gets our latest as counter-offer. */
export function readHello(message: Message): Hello | null {
  const { protocolVersion, clientInfo, capabilities } = message.params ?? {};
  if (typeof protocolVersion !== "string" || typeof capabilities !== "object" || capabilities === null) return null;
  const info = typeof clientInfo === "object" && clientInfo !== null ? (clientInfo as Record<string, unknown>) : {};
  const short = (value: unknown) => (typeof value === "string" ? value.slice(0, 100) : null);
  return {
    protocolVersion: LEGACY_VERSIONS.find((version) => version === protocolVersion) ?? LATEST_LEGACY,
    clientName: short(info.name),
    clientVersion: short(info.version),
  };
}

const ROOTS_CHANGED = "notifications/roots/list_changed";

/** Takes a notification: a change of the client's roots goes to its servers, on every node; everything else is fine as it is. */
export function notice(
  engine: Pick<Engine, "pool" | "mailbox">,
  scope: Pick<Scope, "session">,
  message: Message,
): void {
  if (message.method !== ROOTS_CHANGED || !scope.session) return;
  const { id } = scope.session;
  engine.pool.tell(id, ROOTS_CHANGED);
  engine.mailbox.tell("roots-changed", { id });
}

/** Listens for such notifications that reached another node. */
export function takeNotices({ pool, mailbox }: Pick<Engine, "pool" | "mailbox">): void {
  mailbox.on("roots-changed", (payload) => pool.tell((payload as { id: string }).id, ROOTS_CHANGED));
}
