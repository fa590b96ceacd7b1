import { VERSION } from "@/lib/version";
import { LATEST_LEGACY, LEGACY_VERSIONS } from "./protocol";
import { UpstreamError } from "./transport";
import type { UpstreamInfo, UpstreamReply } from "./upstream";

/** Params of the gateway's own `initialize`. No capabilities: what an upstream asks of its client cannot be passed on. */
export const INITIALIZE_PARAMS = JSON.stringify({
  protocolVersion: LATEST_LEGACY,
  capabilities: {},
  clientInfo: { name: "aerostack", version: VERSION },
});

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What an upstream said of itself. @throws UpstreamError `not_mcp` when it refused or speaks no version we know */
export function readInitialize(reply: UpstreamReply): UpstreamInfo {
  const result: unknown = reply.kind === "result" ? JSON.parse(reply.json) : null;
  if (!isObject(result))
    throw new UpstreamError("not_mcp", "The server refused to begin an MCP session", reply.httpStatus);
  const { protocolVersion, serverInfo, capabilities, instructions } = result;
  const known = LEGACY_VERSIONS.find((version) => version === protocolVersion);
  if (!known)
    throw new UpstreamError(
      "not_mcp",
      `The server speaks none of the MCP versions ${LEGACY_VERSIONS.join(", ")}`,
      reply.httpStatus,
    );
  const named = isObject(serverInfo) && typeof serverInfo.name === "string";
  return {
    protocolVersion: known,
    serverInfo: named ? { name: String(serverInfo.name), version: String(serverInfo.version ?? "") } : null,
    capabilities: isObject(capabilities) ? capabilities : {},
    ...(typeof instructions === "string" ? { instructions } : {}),
  };
}
