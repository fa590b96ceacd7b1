import { randomBytes } from "node:crypto";
import { createRequestStateCodec, McpServer, type ServerCapabilities } from "@modelcontextprotocol/server";
import { registerAskingTools } from "./asking-tools";
import { registerPlainTools } from "./plain-tools";
import { registerPrompts } from "./prompts";
import { registerResources } from "./resources";
import { type RoundState, registerRoundTripTools } from "./round-trip-tools";
import type { FixtureState } from "./state";
import { registerTaskTools } from "./task-tools";

/** What the fixture calls itself. */
export const SERVER_INFO = { name: "conformance-fixture", version: "1.0.0" };

const codec = createRequestStateCodec<RoundState>({ key: randomBytes(32), bind: (ctx) => ctx.mcpReq.method });

const CAPABILITIES: ServerCapabilities = {
  tools: { listChanged: true },
  prompts: { listChanged: true },
  resources: { listChanged: true, subscribe: true },
  logging: {},
  completions: {},
};

/**
 * One instance with everything that the suite asks for: of a request on 2026-07-28, of a session on older revisions.
 * `extensions` are advertised besides, by name.
 */
export function createServer(state: FixtureState, extensions?: ServerCapabilities["extensions"]): McpServer {
  const server = new McpServer(SERVER_INFO, {
    capabilities: { ...CAPABILITIES, ...(extensions && { extensions }) },
    requestState: { verify: codec.verify },
  });
  registerPlainTools(server, state);
  registerAskingTools(server);
  registerRoundTripTools(server, codec);
  registerTaskTools(server);
  registerPrompts(server, state);
  registerResources(server);
  return server;
}
