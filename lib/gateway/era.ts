import { LEGACY_VERSIONS, META_PROTOCOL_VERSION, MODERN_VERSION, RPC } from "@/lib/mcp/protocol";
import type { Message } from "./message";
import { json, rpcError } from "./responses";

/**
 * Turns away what belongs to an era that is not served yet, in the words by which such a client falls back to
 * `initialize`: the body's claim decides (`-32022` with the supported versions), the header alone is a broken
 * claim (`-32602`), an unknown header is refused. Null: an initialize-era message.
 */
export function refuseOtherEra(request: Request, message: Message): Response | null {
  const header = request.headers.get("mcp-protocol-version");
  const meta = message.params?._meta;
  const claim =
    typeof meta === "object" && meta !== null ? (meta as Record<string, unknown>)[META_PROTOCOL_VERSION] : undefined;
  if (claim !== undefined) {
    const data = { supported: LEGACY_VERSIONS, requested: claim };
    return json(
      400,
      rpcError(message.id, RPC.unsupportedVersion, "Unsupported protocol version. Begin with initialize.", data),
    );
  }
  if (header === MODERN_VERSION) {
    return json(
      400,
      rpcError(
        message.id,
        RPC.invalidParams,
        `A ${MODERN_VERSION} request names its version in params._meta["${META_PROTOCOL_VERSION}"].`,
      ),
    );
  }
  const known = header === null || LEGACY_VERSIONS.some((version) => version === header);
  return known
    ? null
    : json(
        400,
        rpcError(
          message.id,
          RPC.invalidRequest,
          `Unsupported MCP-Protocol-Version. Supported: ${LEGACY_VERSIONS.join(", ")}.`,
        ),
      );
}
