import type { Progress } from "@modelcontextprotocol/sdk/types.js";
import { z } from "zod";
import type { Arguments } from "../schema/check";

/** How far a long call is, as its tool says. */
export interface RunProgress {
  progress: number;
  total: number | null;
  message: string | null;
}

interface CallOptions {
  signal: AbortSignal;
  onProgress(progress: RunProgress): void;
}

/** A connection of this browser to the gateway, as any MCP client makes one. */
export interface GatewaySession {
  call(name: string, args: Arguments, options: CallOptions): Promise<unknown>;
  close(): Promise<void>;
}

/** Results are foreign: taken as they are, and shown as text. */
const AnyResult = z.looseObject({});
const WAIT_MS = 60_000;
/** A call that keeps telling its progress may take this long. */
const LONGEST_MS = 10 * 60_000;

/** Connects by the official SDK, which is loaded now and not with the page. @throws whatever the transport met */
export async function openSession(url: string, token: string): Promise<GatewaySession> {
  const [{ Client }, { StreamableHTTPClientTransport }, { CfWorkerJsonSchemaValidator }] = await Promise.all([
    import("@modelcontextprotocol/sdk/client/index.js"),
    import("@modelcontextprotocol/sdk/client/streamableHttp.js"),
    import("@modelcontextprotocol/sdk/validation/cfworker"),
  ]);
  // The SDK's usual validator compiles code, which our Content-Security-Policy forbids.
  const client = new Client(
    { name: "Run it here", version: "1" },
    { jsonSchemaValidator: new CfWorkerJsonSchemaValidator() },
  );
  const headers = { authorization: `Bearer ${token}` };
  const transport = new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } });
  await client.connect(transport);
  return {
    call: (name, args, { signal, onProgress }) =>
      client.request({ method: "tools/call", params: { name, arguments: args } }, AnyResult, {
        signal,
        timeout: WAIT_MS,
        maxTotalTimeout: LONGEST_MS,
        resetTimeoutOnProgress: true,
        onprogress: ({ progress, total, message }: Progress) =>
          onProgress({ progress, total: total ?? null, message: message?.slice(0, 300) ?? null }),
      }),
    async close() {
      await transport.terminateSession().catch(() => undefined);
      await client.close().catch(() => undefined);
    },
  };
}
