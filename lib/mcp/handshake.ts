import { isObject } from "@/lib/is-object";
import { LATEST_LEGACY, LEGACY_VERSIONS, META_SERVER_INFO, MODERN_VERSION, RPC } from "./protocol";
import { CLIENT_INFO } from "./request-meta";
import { UpstreamError } from "./transport";
import type { ClientProfile, UpstreamInfo, UpstreamReply } from "./upstream";

/** Params of the gateway's own `initialize`. Without a profile no capability: then nothing can be asked of a client. */
export const initializeParams = (profile?: ClientProfile): string =>
  `{"protocolVersion":"${LATEST_LEGACY}","capabilities":${JSON.stringify(profile?.capabilities ?? {})},"clientInfo":${CLIENT_INFO}}`;

/** An upstream answered `initialize` with an error; `code` may tell that it speaks no older revision. */
export class InitializeRefused extends UpstreamError {
  constructor(
    readonly code: unknown,
    status: number,
  ) {
    super("not_mcp", "The server refused to begin an MCP session", status);
  }
}

/** What an upstream said of itself. @throws UpstreamError `not_mcp` when it refused or speaks no version we know */
export function readInitialize(reply: UpstreamReply): UpstreamInfo {
  const result: unknown = JSON.parse(reply.json);
  if (reply.kind === "error" || !isObject(result))
    throw new InitializeRefused(isObject(result) ? result.code : null, reply.httpStatus);
  const known = LEGACY_VERSIONS.find((version) => version === result.protocolVersion);
  if (!known)
    throw new UpstreamError(
      "not_mcp",
      `The server speaks none of the MCP versions ${[...LEGACY_VERSIONS, MODERN_VERSION].join(", ")}`,
      reply.httpStatus,
    );
  return infoOf(known, result, result.serverInfo);
}

/**
 * What an upstream told about itself in `server/discover`: itself where it speaks 2026-07-28, `retry` where it refused
 * the version and names it as one it speaks (some do so once), null where it is an older server.
 */
export function readDiscover(reply: UpstreamReply): UpstreamInfo | "retry" | null {
  const body: unknown = JSON.parse(reply.json);
  if (!isObject(body)) return null;
  if (reply.kind === "error") {
    const supported = isObject(body.data) ? body.data.supported : null;
    return body.code === RPC.unsupportedVersion && speaksModern(supported) ? "retry" : null;
  }
  if (!speaksModern(body.supportedVersions)) return null;
  const meta = isObject(body._meta) ? body._meta : {};
  return infoOf(MODERN_VERSION, body, meta[META_SERVER_INFO] ?? body.serverInfo);
}

const speaksModern = (versions: unknown): boolean => Array.isArray(versions) && versions.includes(MODERN_VERSION);

function infoOf(protocolVersion: string, said: Record<string, unknown>, serverInfo: unknown): UpstreamInfo {
  const { capabilities, instructions } = said;
  const named = isObject(serverInfo) && typeof serverInfo.name === "string";
  return {
    protocolVersion,
    serverInfo: named ? { name: String(serverInfo.name), version: String(serverInfo.version ?? "") } : null,
    capabilities: isObject(capabilities) ? capabilities : {},
    ...(typeof instructions === "string" ? { instructions } : {}),
  };
}
