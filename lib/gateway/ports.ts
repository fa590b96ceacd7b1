import type { MasterKeys } from "@/lib/crypto/master-keys";
import type { CryptoPort } from "@/lib/crypto/port";
import type { Log } from "@/lib/log";
import type { UpstreamTransport } from "@/lib/mcp/transport";

/** Who presents a token, as one directory read tells it. */
export interface Principal {
  tokenId: string;
  tokenPrefix: string;
  workspaceId: string;
  workspaceSlug: string;
  /** `workspaces.version` at the time of the read; a snapshot of another version is stale. */
  workspaceVersion: number;
  memberId: string;
  name: string;
  email: string | null;
  role: string;
  /** Ids of this token's sessions that were ended by DELETE and have not expired. */
  endedSessions: string[];
}

export interface SealedSecret {
  name: string;
  version: number;
  origin: string;
  sealed: string;
  dataKeyId: string;
}

export interface ServerTool {
  name: string;
  enabled: boolean;
  /** JSON text of the tool as the upstream sent it. */
  definition: string;
}

/** A server as the gateway sees it. */
export interface UpstreamServer {
  id: string;
  slug: string;
  url: string;
  transport: "streamable-http" | "sse";
  headers: { name: string; template: string }[];
  secrets: SealedSecret[];
  /** Last known tools, enabled or not. */
  tools: ServerTool[];
}

/** Everything the gateway needs of a workspace at one version; enabled servers only. */
export interface WorkspaceSnapshot {
  id: string;
  slug: string;
  name: string;
  version: number;
  servers: UpstreamServer[];
  dataKeys: { id: string; masterKeyId: string; wrapped: string }[];
  /** Hosts and CIDRs on private networks that the operator allows. */
  allowPrivate: string[];
}

/** Reads; every query is bound to the workspace that the token belongs to. */
export interface Directory {
  /** Null for unknown, revoked and expired tokens alike. `hash`: SHA-256 of the token, base64url. */
  findToken(hash: string): Promise<Principal | null>;
  readWorkspace(workspaceId: string): Promise<WorkspaceSnapshot | null>;
  /** Stores what a live `tools/list` of one server showed, when it differs; raises the workspace's version then. */
  saveTools(workspaceId: string, serverId: string, tools: { name: string; definition: string }[]): Promise<void>;
  /** Remembers that a session was ended; `expiresAt` in ms UTC. */
  endSession(session: { id: string; tokenId: string; expiresAt: number }): Promise<void>;
}

/** What is committed before a call is dispatched (or instead, when it is refused: then with its outcome). */
export interface CallIntent {
  id: string;
  workspaceId: string;
  /** ms UTC. */
  occurredAt: number;
  memberId: string;
  actorName: string;
  actorEmail: string | null;
  actorRole: string;
  tokenId: string;
  tokenPrefix: string;
  clientName: string | null;
  clientVersion: string | null;
  sourceIp: string | null;
  userAgent: string | null;
  sessionId: string | null;
  requestId: string;
  method: string;
  serverId: string | null;
  server: string;
  tool: string;
  requestBytes: number;
  argsSha256: string | null;
  /** Names only. */
  secretsUsed: string[];
  outcome: "pending" | "denied";
  errorClass: string | null;
  errorCode: number | null;
}

/** What became of a call. */
export interface CallOutcome {
  id: string;
  workspaceId: string;
  outcome: "ok" | "tool_error" | "error" | "client_closed";
  errorClass: string | null;
  errorCode: number | null;
  upstreamStatus: number | null;
  durationMs: number;
  upstreamMs: number | null;
  responseBytes: number | null;
}

/** One database write for many calls: inserts intents, then fills outcomes. Resolves once committed. */
export type CallWriter = (batch: { intents: CallIntent[]; outcomes: CallOutcome[] }) => Promise<void>;

export interface GatewayPorts {
  directory: Directory;
  writeCalls: CallWriter;
  transport: UpstreamTransport;
  /** Imported master keys by id; the first one seals sessions. */
  masterKeys: MasterKeys;
  /** Origin that clients use, e.g. `https://gateway.example`; null: whatever Host they came by. */
  publicUrl: string | null;
  now(): number;
  crypto: CryptoPort;
  /** Keeps the process (or the edge invocation) alive for work that follows the answer. */
  defer(work: Promise<unknown>): void;
  log: Log;
}
