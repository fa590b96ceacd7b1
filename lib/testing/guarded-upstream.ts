import { UpstreamError, type UpstreamRequest, type UpstreamTransport } from "@/lib/mcp/transport";
import { fakeUpstream } from "./fake-upstream";

/** An MCP server in memory whose tools, credential and health a test changes as it goes. */
export interface GuardedUpstream {
  transport: UpstreamTransport;
  /** JSON texts of its tools. */
  tools: string[];
  /** Value of `authorization` that it wants; null: none. */
  wants: string | null;
  down: boolean;
  requests: UpstreamRequest[];
}

/** A tool as an upstream lists it. */
export const toolText = (name: string, description = ""): string =>
  JSON.stringify({ name, description, inputSchema: { type: "object" } });

export function guardedUpstream(tools: string[], wants: string | null = null): GuardedUpstream {
  const { transport, requests } = fakeUpstream(() => ({ tools: state.tools.map((tool) => JSON.parse(tool)) }));
  const state: GuardedUpstream = {
    tools,
    wants,
    down: false,
    requests,
    transport: async (request) => {
      if (state.down) throw new UpstreamError("unreachable", "The server cannot be reached.");
      const given = Object.entries(request.headers).find(([name]) => name.toLowerCase() === "authorization")?.[1];
      if (state.wants === null || given === state.wants) return transport(request);
      const empty = { text: async () => "", stream: () => new ReadableStream<Uint8Array>(), discard: () => undefined };
      return { status: 401, header: () => null, ...empty };
    },
  };
  return state;
}
