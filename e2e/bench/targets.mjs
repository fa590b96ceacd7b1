import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { childOf, startUntil } from "./proc.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const SECRET = "bench-secret";
const JSON_HEADERS = { "content-type": "application/json", accept: "application/json, text/event-stream" };
const bareEnv = { PATH: process.env.PATH, HOME: tmpdir(), NODE_ENV: "production" };

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** The upstream by itself: the yardstick. */
export async function upstream() {
  const { pid, match, stop } = await startUntil(/port (\d+)/, process.execPath, [join(here, "upstream.mjs")], {
    env: { ...bareEnv, BENCH_SECRET: SECRET },
  });
  const url = `http://127.0.0.1:${match[1]}/mcp`;
  return {
    name: "direct upstream",
    url,
    tool: "echo",
    headers: { ...JSON_HEADERS, authorization: `Bearer ${SECRET}` },
    pid,
    stop,
  };
}

async function api(origin, key, method, path, body) {
  const response = await fetch(`${origin}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

/** The product with one workspace, the upstream behind a sealed secret, and a member's session. */
export async function gateway(lane, upstreamUrl, key, more = {}) {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const env = {
    ...bareEnv,
    PORT: String(port),
    GATEWAY_LANE: lane,
    AEROSTACK_DATA_DIR: mkdtempSync(join(tmpdir(), "aerostack-bench-")),
    AEROSTACK_MASTER_KEY: randomBytes(32).toString("base64"),
    AEROSTACK_ALLOW_PRIVATE_UPSTREAMS: "127.0.0.1",
    AEROSTACK_OWNER_EMAIL: "bench@example.test",
    AEROSTACK_OWNER_PASSWORD: "a password for the bench",
    AEROSTACK_OWNER_API_KEY: key,
    ...more,
  };
  const { pid, stop } = await startUntil(/ready in/, process.execPath, [join(root, "dist/server.js")], {
    env,
    cwd: root,
  });
  await api(origin, key, "POST", "/workspaces", { name: "Bench", slug: "bench" });
  await api(origin, key, "POST", "/workspaces/bench/servers", {
    slug: "up",
    url: upstreamUrl,
    headers: [{ name: "Authorization", template: "Bearer {{KEY}}" }],
    secrets: { KEY: SECRET },
  });
  const { token } = await api(origin, key, "POST", "/workspaces/bench/tokens", { name: "Load" });
  const url = `${origin}/ws/bench/mcp`;
  const headers = { ...JSON_HEADERS, authorization: `Bearer ${token}` };
  const params = { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "bench", version: "1" } };
  const hello = await fetch(url, {
    method: "POST",
    headers,
    body: JSON.stringify({ jsonrpc: "2.0", id: 0, method: "initialize", params }),
  });
  if (!hello.ok) throw new Error(`initialize on the ${lane} lane: ${hello.status}`);
  const session = { "mcp-session-id": hello.headers.get("mcp-session-id"), "mcp-protocol-version": "2025-11-25" };
  const databasePid = () => childOf(pid, "database.js");
  return { name: `${lane} lane`, url, tool: "up__echo", headers: { ...headers, ...session }, pid, databasePid, stop };
}

/** mcp-hub, which neither authenticates nor records; its MCP endpoint speaks HTTP+SSE only. Null where it is not installed. */
export async function mcpHub(upstreamUrl) {
  const cli = join(root, "e2e/clients/node_modules/mcp-hub/dist/cli.js");
  if (!existsSync(cli)) return null;
  const port = await freePort();
  const home = mkdtempSync(join(tmpdir(), "aerostack-peer-"));
  const config = join(home, "servers.json");
  writeFileSync(
    config,
    JSON.stringify({ mcpServers: { up: { url: upstreamUrl, headers: { Authorization: `Bearer ${SECRET}` } } } }),
  );
  const { pid, stop } = await startUntil(
    /1\/1 servers started successfully/,
    process.execPath,
    ["--import", join(here, "loopback-only.mjs"), cli, "--port", String(port), "--config", config],
    {
      env: {
        ...bareEnv,
        HTTPS_PROXY: "http://127.0.0.1:9",
        HOME: home,
        XDG_CONFIG_HOME: home,
        XDG_DATA_HOME: home,
        XDG_STATE_HOME: home,
      },
      cwd: home,
    },
  );
  return {
    name: "mcp-hub",
    url: `http://127.0.0.1:${port}/mcp`,
    tool: "up__echo",
    transport: "sse",
    headers: JSON_HEADERS,
    pid,
    stop,
  };
}
