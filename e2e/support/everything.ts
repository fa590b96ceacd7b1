import { join } from "node:path";
import { eventually, freePort, type Started, start } from "./process";
import { ROOT } from "./product";

const PACKAGE = join(ROOT, "e2e/clients/node_modules/@modelcontextprotocol/server-everything/dist/index.js");

/** The reference server of the protocol's authors, as one process. */
export interface Everything {
  url: string;
  stop(): Promise<void>;
}

/** Starts one copy: `streamableHttp` serves `/mcp`, `sse` the old two-endpoint transport at `/sse` and nothing else. */
export async function startEverything(transport: "streamableHttp" | "sse"): Promise<Everything> {
  const port = await freePort();
  const started: Started = start(process.execPath, [PACKAGE, transport], {
    env: { PATH: process.env.PATH, PORT: String(port) },
  });
  await eventually(
    `server-everything ${transport} listens`,
    () => (/listening on port|running on port/.test(started.output()) ? true : null),
    20_000,
  );
  return {
    url: `http://127.0.0.1:${port}/${transport === "sse" ? "sse" : "mcp"}`,
    stop: () => started.stop(2_000),
  };
}
