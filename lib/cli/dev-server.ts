import { existsSync, readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { Readable } from "node:stream";
import { parseEnv } from "node:util";
import { entryOf, folderOptions, problemsOf, toBuilt } from "@/lib/functions/bundle/bundle-folder";
import { MANIFEST_FILE } from "@/lib/functions/declared-manifest";
import { problemText } from "./commands/deploy";
import { CliError } from "./io";
import type { LocalEngine } from "./local-engine";
import { introduce, type LocalFunction } from "./local-function";
import { productRoot } from "./product-root";
import { plain } from "./text";

/** The function of a folder at one address for as long as it is worked on. */
export interface DevServer {
  url: string;
  close(): Promise<void>;
}

/**
 * Serves a folder's function on loopback: bundled again and started afresh at each change, each tool call said. Where the
 * source is broken, the address says so and the last good function is gone: an old answer would mislead.
 */
export async function startDev(
  folder: string,
  port: number,
  say: (line: string) => void,
  engine: LocalEngine,
): Promise<DevServer> {
  const entry = entryOf(folder);
  if (entry === null)
    throw new CliError("invalid", "There is no server.ts in this folder; `aerostack init` makes one.", "folder");
  let current: LocalFunction | null = null;
  let turn = Promise.resolve();
  const replace = async (code: string) => {
    current?.stop();
    current = null;
    try {
      current = await engine.start(code, localEnv(folder), manifestFile(folder), (text) => say(plain(text.trimEnd())));
      const { tools } = await introduce(current);
      say(`ready: ${tools.map(({ name }) => plain(name)).join(", ")}`);
    } catch (error) {
      say(error instanceof Error ? error.message : "The function does not start.");
    }
  };
  const { context } = await import("esbuild");
  const building = await context({
    ...folderOptions(folder, entry, productRoot()),
    plugins: [
      ...(folderOptions(folder, entry, productRoot()).plugins ?? []),
      {
        name: "restart",
        setup: (at) =>
          at.onEnd((result) => {
            const built =
              result.errors.length > 0
                ? { ok: false as const, problems: problemsOf(result) }
                : toBuilt(folder, entry, result);
            turn = turn.then(() => (built.ok ? replace(built.code) : say(problemText(built.problems))));
            return turn;
          }),
      },
    ],
  });
  const server = createServer((request, response) => void forward(request, response, () => current, say));
  await new Promise<void>((resolve, reject) => {
    server.once("error", () =>
      reject(new CliError("conflict", `Port ${port} is taken; choose another with --port.`, "port")),
    );
    server.listen(port, "127.0.0.1", resolve);
  });
  await building.watch();
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`,
    async close() {
      await building.dispose();
      await turn;
      current?.stop();
      await engine.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function manifestFile(folder: string): string | undefined {
  const file = join(folder, MANIFEST_FILE);
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/** Values for working here; the file is never bundled or uploaded. */
function localEnv(folder: string): Record<string, string> {
  const file = join(folder, ".env");
  return existsSync(file) ? (parseEnv(readFileSync(file, "utf8")) as Record<string, string>) : {};
}

async function forward(
  request: IncomingMessage,
  response: ServerResponse,
  current: () => LocalFunction | null,
  say: (line: string) => void,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString("utf8");
  const startedAt = performance.now();
  const local = current();
  // A page in the author's browser must not reach their function by a name that resolves here.
  const host = request.headers.host?.replace(/:\d+$/, "");
  if (!local || (host !== "127.0.0.1" && host !== "localhost") || request.headers.origin !== undefined) {
    response.writeHead(local ? 403 : 503).end();
    return;
  }
  const headers = Object.entries(request.headers).flatMap(([name, value]): [string, string][] =>
    typeof value === "string" && /^(?:accept|content-type|mcp-.*)$/.test(name) ? [[name, value]] : [],
  );
  const method = request.method ?? "GET";
  try {
    const answer = await local.send({ method, headers, body: method === "POST" ? body : undefined });
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    if (answer.body)
      for await (const chunk of Readable.fromWeb(answer.body as Parameters<typeof Readable.fromWeb>[0]))
        response.write(chunk);
    response.end();
    const tool = toolOf(body);
    if (tool) say(`${plain(tool)}  ${answer.status}  ${Math.round(performance.now() - startedAt)} ms`);
  } catch {
    response.headersSent ? response.destroy() : response.writeHead(502).end();
  }
}

function toolOf(body: string): string | null {
  try {
    const { method, params } = JSON.parse(body) as { method?: string; params?: { name?: string } };
    return method === "tools/call" ? String(params?.name).slice(0, 128) : null;
  } catch {
    return null;
  }
}
