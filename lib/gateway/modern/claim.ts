import { isObject } from "@/lib/is-object";
import { decodeHeaderValue } from "@/lib/mcp/header-value";
import {
  META_CLIENT_CAPABILITIES,
  META_CLIENT_INFO,
  META_LOG_LEVEL,
  META_PROTOCOL_VERSION,
  MODERN_VERSION,
  RPC,
} from "@/lib/mcp/protocol";
import type { Message } from "../message";
import { json, rpcError } from "../responses";
import type { Scope } from "../scope";

/** What a modern request says of its client, checked. */
export type Claim = Pick<Scope, "capabilities" | "clientName" | "clientVersion" | "logLevel">;

const LEVELS = ["debug", "info", "notice", "warning", "error", "critical", "alert", "emergency"];

/** Where `Mcp-Name` repeats what, by method (2026-07-28 "Standard Request Headers", and the tasks extension). */
const NAMED: ReadonlyMap<string, string> = new Map([
  ["tools/call", "name"],
  ["prompts/get", "name"],
  ["resources/read", "uri"],
  ["tasks/get", "taskId"],
  ["tasks/update", "taskId"],
  ["tasks/cancel", "taskId"],
]);

type Json = Record<string, unknown>;
const short = (value: unknown): string | null =>
  typeof value === "string" && value !== "" ? value.slice(0, 100) : null;

/**
 * Checks what a modern request says of itself, by the ladder of 2026-07-28: `_meta` (`-32602`), then headers against
 * the body (`-32020`), then the version (`-32022`), then the headers that must be there (`-32020`). All with HTTP 400.
 */
export function readClaim(headers: Headers, message: Message): Claim | Response {
  const refuse = (code: number, text: string, data?: unknown) => json(400, rpcError(message.id, code, text, data));
  const broken = (key: string, problem: string) =>
    refuse(RPC.invalidParams, `params._meta["${key}"] ${problem}.`, { envelope: { key, problem } });
  const mismatch = (header: string, text: string) => refuse(RPC.headerMismatch, text, { mismatch: { header } });

  const meta = message.params?._meta as Json;
  const version = meta[META_PROTOCOL_VERSION];
  const capabilities = meta[META_CLIENT_CAPABILITIES];
  const info = meta[META_CLIENT_INFO];
  const level = meta[META_LOG_LEVEL] ?? null;
  if (typeof version !== "string") return broken(META_PROTOCOL_VERSION, "must be a string");
  if (capabilities === undefined) return broken(META_CLIENT_CAPABILITIES, "is missing");
  if (!isObject(capabilities)) return broken(META_CLIENT_CAPABILITIES, "must be an object");
  if (info !== undefined && !isObject(info)) return broken(META_CLIENT_INFO, "must be an object");
  if (level !== null && !LEVELS.includes(level as string))
    return broken(META_LOG_LEVEL, `must be one of ${LEVELS.join(", ")}`);

  const header = headers.get("mcp-protocol-version");
  const method = headers.get("mcp-method");
  if (header !== null && header !== version)
    return mismatch("MCP-Protocol-Version", "MCP-Protocol-Version and the version in params._meta differ.");
  if (method !== null && method !== message.method)
    return mismatch("Mcp-Method", "Mcp-Method and the method in the body differ.");
  if (version !== MODERN_VERSION) {
    const data = { supported: [MODERN_VERSION], requested: version };
    return refuse(RPC.unsupportedVersion, "Unsupported protocol version. Older ones begin with initialize.", data);
  }
  if (header === null) return mismatch("MCP-Protocol-Version", "The header MCP-Protocol-Version is missing.");
  if (method === null) return mismatch("Mcp-Method", "The header Mcp-Method is missing.");
  const wrongName = checkName(headers, message);
  if (wrongName !== null) return mismatch("Mcp-Name", wrongName);
  return {
    capabilities,
    clientName: short(info?.name),
    clientVersion: short(info?.version),
    logLevel: level as string | null,
  };
}

/** What is wrong with `Mcp-Name`; null where nothing is. A body without the value itself is refused further on. */
function checkName(headers: Headers, message: Message): string | null {
  const key = NAMED.get(message.method);
  if (key === undefined) return null;
  const value = message.params?.[key];
  const header = headers.get("mcp-name");
  if (header === null) return typeof value === "string" ? "The header Mcp-Name is missing." : null;
  const decoded = decodeHeaderValue(header);
  if (decoded === null) return "Mcp-Name is not well encoded.";
  return typeof value !== "string" || decoded === value ? null : `Mcp-Name and params.${key} differ.`;
}
