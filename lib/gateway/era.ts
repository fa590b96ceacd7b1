import { type Era, LEGACY_VERSIONS, META_PROTOCOL_VERSION, MODERN_VERSION, RPC } from "@/lib/mcp/protocol";
import type { Message } from "./message";
import { json, rpcError } from "./responses";

/**
 * Whose rules a message follows. The body decides: it claims 2026-07-28 by the version in `_meta`, and a header alone is
 * a broken claim (`-32602`). Without a claim it is of the initialize era, where an unknown header is refused.
 * `Mcp-Method` says nothing: bridges send it on older requests too.
 */
export function eraOf(headers: Headers, message: Message): Era | Response {
  const header = headers.get("mcp-protocol-version");
  const meta = message.params?._meta;
  if (typeof meta === "object" && meta !== null && Object.hasOwn(meta, META_PROTOCOL_VERSION)) return "modern";
  if (header === MODERN_VERSION) {
    if (message.kind !== "request") return "modern";
    const missing = [META_PROTOCOL_VERSION];
    const text = `A ${MODERN_VERSION} request names its version in params._meta["${META_PROTOCOL_VERSION}"].`;
    return json(400, rpcError(message.id, RPC.invalidParams, text, { envelope: { missing } }));
  }
  return refuseVersion(header, message.id) ?? "legacy";
}

/** Refuses a version that nobody knows; most clients of the initialize era that exist name none. */
export function refuseVersion(header: string | null, id: string): Response | null {
  if (header === null || LEGACY_VERSIONS.some((version) => version === header)) return null;
  const text = `Unsupported MCP-Protocol-Version. Supported: ${LEGACY_VERSIONS.join(", ")}.`;
  return json(400, rpcError(id, RPC.invalidRequest, text));
}
