import { createServer as createHttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import {
  createMcpHandler,
  hostHeaderValidationResponse,
  isLegacyRequest,
  localhostAllowedHostnames,
  localhostAllowedOrigins,
  originValidationResponse,
} from "@modelcontextprotocol/server";
import { createServer } from "./features";
import { Sessions } from "./sessions";
import { FixtureState } from "./state";
import { TASKS, Tasks } from "./tasks";

/** Which revisions a fixture serves: all, those before 2026-07-28, or that one alone. */
export type FixtureEra = "dual" | "legacy" | "modern";

/** A running fixture. */
export interface Fixture {
  /** Its MCP endpoint. */
  url: string;
  close(): Promise<void>;
}

/** Starts the upstream of the conformance runs on a free port of loopback, written on the official SDK v2 alone. */
export async function startFixture(era: FixtureEra): Promise<Fixture> {
  const state = new FixtureState();
  const sessions = new Sessions(state);
  const tasks = new Tasks();
  const modern = createMcpHandler(() => createServer(state, { [TASKS]: {} }), { legacy: "reject" });
  state.onChange((changed) => (changed === "tools" ? modern.notify.toolsChanged() : modern.notify.promptsChanged()));

  async function handle(request: Request): Promise<Response> {
    const refused =
      hostHeaderValidationResponse(request, localhostAllowedHostnames()) ??
      originValidationResponse(request, localhostAllowedOrigins());
    if (refused) return refused;
    if (era === "legacy") return sessions.handle(request);
    if (era === "dual" && (await isLegacyRequest(request))) return sessions.handle(request);
    return (await tasks.handle(request)) ?? modern.fetch(request);
  }

  const http = createHttpServer(getRequestListener(handle, { overrideGlobalObjects: false }));
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/mcp`,
    async close() {
      await modern.close();
      await new Promise<void>((closed) => {
        http.close(() => closed());
        http.closeAllConnections();
      });
    },
  };
}
