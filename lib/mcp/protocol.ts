/** Revisions that begin with `initialize`, oldest first. */
export const LEGACY_VERSIONS = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"] as const;
/** What the gateway itself asks an upstream for, and answers a client that names no version it knows. */
export const LATEST_LEGACY = "2025-11-25";
/** The stateless revision: no `initialize`, every request carries its version in `_meta`. */
export const MODERN_VERSION = "2026-07-28";

/** Key in a modern message's `_meta` that claims its version. */
export const META_PROTOCOL_VERSION = "io.modelcontextprotocol/protocolVersion";

/** JSON-RPC error codes: five of JSON-RPC 2.0, one of MCP 2026-07-28. */
export const RPC = {
  parseError: -32700,
  invalidRequest: -32600,
  methodNotFound: -32601,
  invalidParams: -32602,
  internalError: -32603,
  unsupportedVersion: -32022,
} as const;
