import { LATEST_LEGACY, LEGACY_VERSIONS, RPC } from "@/lib/mcp/protocol";
import { VERSION } from "@/lib/version";
import { callTool } from "./call-tool";
import type { Message } from "./message";
import { rpcError, rpcResult } from "./responses";
import { type Engine, inFlightKey, type Scope } from "./scope";
import { listFor } from "./toolset";

/** Answers one request of an initialize-era client; the text is a whole JSON-RPC message. @throws UnavailableError */
export async function dispatch(engine: Engine, scope: Scope, message: Message): Promise<string> {
  switch (message.method) {
    case "ping":
      return rpcResult(message.id, "{}");
    case "tools/list": {
      // The whole list is one page, so no cursor of ours exists.
      if (message.params?.cursor !== undefined) return rpcError(message.id, RPC.invalidParams, "Unknown cursor.");
      const toolset = await engine.toolsets.fresh(scope.workspace, scope.principal.memberId);
      engine.uses.noteList(scope);
      return rpcResult(message.id, `{"tools":${listFor(toolset, scope.principal.toolScope)}}`);
    }
    case "tools/call":
      return callTool(engine, scope, message);
    default:
      return rpcError(message.id, RPC.methodNotFound, `Method not found: ${message.method.slice(0, 100)}`);
  }
}

/** Takes a notification: a cancellation ends the running request that it names, everything else is fine as it is. */
export function notice(engine: Engine, scope: Pick<Scope, "session" | "principal">, message: Message): void {
  if (message.method !== "notifications/cancelled") return;
  const id = message.params?.requestId;
  if (typeof id === "string" || typeof id === "number")
    engine.inFlight.get(inFlightKey(scope, JSON.stringify(id)))?.abort();
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

/** The result of `initialize`; only what this gateway really does is advertised. */
export function welcome(scope: Pick<Scope, "workspace">, hello: Hello): string {
  return JSON.stringify({
    protocolVersion: hello.protocolVersion,
    capabilities: { tools: { listChanged: true } },
    serverInfo: { name: "aerostack", title: `${scope.workspace.name} (Aerostack)`, version: VERSION },
    instructions: `Tools of the workspace "${scope.workspace.name}". Their names are <server>__<tool>.`,
  });
}
