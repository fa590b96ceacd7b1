import type { ArgumentRule } from "@/lib/access/argument-rule";
import type { ToolScope } from "@/lib/access/tool-scope";
import type { MasterKeys } from "@/lib/crypto/master-keys";
import type { CryptoPort } from "@/lib/crypto/port";
import type { Log } from "@/lib/log";
import type { Era } from "@/lib/mcp/protocol";
import type { UpstreamTransport } from "@/lib/mcp/transport";

/** Who presents a token, as one directory read tells it. */
export interface Principal {
  tokenId: string;
  tokenPrefix: string;
  workspaceId: string;
  workspaceSlug: string;
  /** `workspaces.version` at the time of the read; a snapshot of another version is stale. */
  workspaceVersion: number;
  /** `workspaces.access_version` at the time of the read; after a change of access it differs, and this is read anew. */
  accessVersion: number;
  /** How the caller came in; `tokenId` and `tokenPrefix` name the token, or for `oauth` the grant (prefix `oauth`). */
  method: "token" | "oauth";
  /** When the token or grant ends, ms UTC; null: never. Checked at each use, because this may come out of a cache. */
  expiresAt: number | null;
  memberId: string;
  name: string;
  email: string | null;
  role: string;
  /** Null: all tools. */
  toolScope: ToolScope | null;
  /** Ids of this token's sessions that were ended by DELETE and have not expired. */
  endedSessions: string[];
}

export interface SealedSecret {
  name: string;
  /** Whose own value it is; null: the workspace's. */
  memberId: string | null;
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
  /** What stands behind `<server>__` instead of its own name; null: its own name. */
  alias: string | null;
  /** What clients read instead of its own description; null: its own. */
  description: string | null;
}

/** The deployment of a hosted server that answers, at one revision of its settings. */
export interface Hosted {
  /** SHA-256 of its bundle, lower-case hex. */
  dep: string;
  rev: number;
}

/** A server as the gateway sees it. */
export interface UpstreamServer {
  id: string;
  slug: string;
  /** Of a hosted server: a name that no network has, and nobody dials. */
  url: string;
  transport: "streamable-http" | "sse";
  /** What the last good probe found out: the family of revisions, and the capabilities; null: not known. */
  era: Era | null;
  capabilities: Record<string, unknown> | null;
  headers: { name: string; template: string }[];
  /** By secret name; missing: `shared`. */
  secretModes: Record<string, "shared" | "member" | "member_or_shared">;
  secrets: SealedSecret[];
  /** Null for a server that somebody else runs. */
  hosted: Hosted | null;
  /** Last known tools, enabled or not; of a hosted server exactly those of its deployment. */
  tools: ServerTool[];
}

/** Everything the gateway needs of a workspace at one version; enabled servers only. */
export interface WorkspaceSnapshot {
  id: string;
  slug: string;
  name: string;
  version: number;
  servers: UpstreamServer[];
  /** Longest exposed name, in characters. */
  nameLength: number;
  /** Names that tools had until a rename and still answer to. */
  formerNames: { name: string; serverId: string; tool: string }[];
  /** Clients get three tools that find, describe and call the others, in place of the full list. */
  searchMode: boolean;
  /** Longest result that goes out whole, in characters; the rest is kept for an hour and read by `read_result`. Null: no bound. */
  resultCap: number | null;
  /** What arguments must be like; those that concern a caller must all hold. */
  rules: ArgumentRule[];
  /** Whether the arguments of calls are kept (sealed), and their results too. */
  keepArguments: boolean;
  keepResults: boolean;
  /** Fields of payloads whose values are left out before they are sealed, besides those that always are. */
  redactFields: string[];
  /** Addresses and CIDRs that requests may come from; empty: everywhere. */
  ipAllow: string[];
  /** Oldest first. */
  dataKeys: { id: string; masterKeyId: string; wrapped: string }[];
  /** Hosts and CIDRs on private networks that the operator allows. */
  allowPrivate: string[];
}

/** One use worth remembering; times are the database's. `secrets`: rows that were injected. */
export interface CredentialUse {
  workspaceId: string;
  method: "token" | "oauth";
  tokenId: string;
  sourceIp: string | null;
  /** Name and version of the client as it says itself. */
  client: string | null;
  /** It asked for the list of tools. */
  listed: boolean;
  secrets: { serverId: string; name: string; memberId: string | null }[];
}

/** Reads; every query is bound to the workspace that the token belongs to. */
export interface Directory {
  /** Null for unknown, revoked and expired tokens alike. `hash`: SHA-256 of the token, base64url. */
  findToken(hash: string): Promise<Principal | null>;
  /** The principal of an OAuth grant (found by a verified access token); null for unknown, revoked, expired and foreign ones alike. */
  findGrant(grantId: string): Promise<Principal | null>;
  /** Versions of these workspaces now: one cheap read that tells what changed. A workspace that is gone is missing. */
  readVersions(workspaceIds: string[]): Promise<{ id: string; version: number; accessVersion: number }[]>;
  /** Remembers who used a token or grant and the secrets of a server; called at most once a minute for each, nobody waits for it. */
  touch(use: CredentialUse): Promise<void>;
  readWorkspace(workspaceId: string): Promise<WorkspaceSnapshot | null>;
  /** Stores what a live `tools/list` of one server showed, when it differs; raises the workspace's version then. */
  saveTools(workspaceId: string, serverId: string, tools: { name: string; definition: string }[]): Promise<void>;
  /** Remembers that a session was ended and raises the workspace's `accessVersion`; `expiresAt` in ms UTC. */
  endSession(session: { id: string; tokenId: string; workspaceId: string; expiresAt: number }): Promise<void>;
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
  authMethod: "token" | "oauth";
  /** Arguments sealed under the workspace's data key of that id; null where they are not kept. */
  argsSealed: string | null;
  argsKeyId: string | null;
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
  /** What the tool says of itself by its annotations; null: nothing, or there is no such tool. */
  toolKind: "read" | "write" | "destructive" | null;
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
  /** From arrival to the moment the request went on its way to the server; null where it did not. */
  beforeMs: number | null;
  responseBytes: number | null;
  /** The result sealed under the workspace's data key of that id; null where results are not kept. */
  resultSealed: string | null;
  resultKeyId: string | null;
}

/** One database write for many calls: inserts intents, then fills outcomes. Resolves once committed. */
export type CallWriter = (batch: { intents: CallIntent[]; outcomes: CallOutcome[] }) => Promise<void>;

/**
 * Brings messages to other nodes of the same installation, through the database. Null where there is only this node.
 * Texts are sealed by whoever sends them.
 */
export interface Relay {
  /** Puts a message before one node (by its id). Resolves with false where that node has not been seen for half a minute. */
  send(node: string, text: string): Promise<boolean>;
  /** Puts a message before every other node that was seen lately. */
  broadcast(from: string, text: string): Promise<void>;
  /** Takes what lies before this node, oldest first, and says that it is there. */
  take(node: string): Promise<string[]>;
}

/** A result that was too long to go out whole, sealed under the workspace's data key of that id. */
export interface KeptResult {
  id: string;
  workspaceId: string;
  memberId: string;
  sealed: string;
  keyId: string;
}

/** Keeps long results for an hour, each for its member only. */
export interface KeptResults {
  put(result: KeptResult): Promise<void>;
  /** Null for unknown, expired and another member's alike. */
  find(key: {
    id: string;
    workspaceId: string;
    memberId: string;
  }): Promise<Pick<KeptResult, "sealed" | "keyId"> | null>;
}

/** Where hosted functions run. */
export interface FunctionsPort {
  /** Of the runtime's front, without a slash at the end. */
  url: string;
  /** Opens it. */
  key: string;
  /** Reaches that address, and is asked for no other. */
  transport: UpstreamTransport;
}

export interface GatewayPorts {
  directory: Directory;
  writeCalls: CallWriter;
  relay: Relay | null;
  keptResults: KeptResults;
  transport: UpstreamTransport;
  /** Null where this installation runs no functions. */
  functions: FunctionsPort | null;
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
