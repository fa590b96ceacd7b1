/** Revisions that begin with `initialize`, oldest first. */
export const LEGACY_VERSIONS = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"] as const;
/** What the gateway itself asks an upstream for, and answers a client that names no version it knows. */
export const LATEST_LEGACY = "2025-11-25";
/** The stateless revision: no `initialize`, every request carries its version in `_meta`. */
export const MODERN_VERSION = "2026-07-28";

const META = "io.modelcontextprotocol";
/** Key in a modern message's `_meta` that claims its version. */
export const META_PROTOCOL_VERSION = `${META}/protocolVersion`;
/** Keys in `_meta` of 2026-07-28: of requests the first three, of results `serverInfo`, of what a listen brings `subscriptionId`. */
export const META_CLIENT_INFO = `${META}/clientInfo`;
export const META_CLIENT_CAPABILITIES = `${META}/clientCapabilities`;
export const META_LOG_LEVEL = `${META}/logLevel`;
export const META_SERVER_INFO = `${META}/serverInfo`;
export const META_SUBSCRIPTION_ID = `${META}/subscriptionId`;
export const TASKS_EXTENSION = `${META}/tasks`;

/** Which of the two families of revisions somebody speaks. */
export type Era = "legacy" | "modern";

/** JSON-RPC error codes: five of JSON-RPC 2.0, three of MCP 2026-07-28, two of older revisions. */
export const RPC = {
  parseError: -32700,
  invalidRequest: -32600,
  methodNotFound: -32601,
  invalidParams: -32602,
  internalError: -32603,
  /** A header and the body disagree. */
  headerMismatch: -32020,
  /** A capability that the request would need was not declared by the client. */
  missingCapability: -32021,
  unsupportedVersion: -32022,
  /** Until 2025-11-25. */
  resourceNotFound: -32002,
  urlElicitationRequired: -32042,
} as const;
