import { afterEach, beforeEach, expect, test } from "vitest";
import { importPlaceholderKey } from "@/lib/functions/egress/placeholders";
import { parseManifest } from "@/lib/functions/manifest";
import { createLog } from "@/lib/log";
import { controlEndpoint } from "./control-endpoint";
import { closeServer, createHttpServer, createRouter, listen, type Routes } from "./http-server";

const KEY = "k".repeat(40);
const DEPLOYMENT = { ws: "ws_1", ins: "srv_1", dep: "a".repeat(64), rev: 0 };
let server: ReturnType<typeof createHttpServer>;
let routes: Routes;
let origin: string;

beforeEach(async () => {
  const ports = {
    source: {
      policy: async () => ({ ...parseManifest({}), vars: {} }),
      code: async () => "export default {}",
      secret: async () => "the value",
      record: () => undefined,
    },
    placeholderKey: await importPlaceholderKey(new Uint8Array(32)),
    onLines: () => undefined,
  };
  routes = {
    gateway: null,
    control: controlEndpoint(KEY, ports),
    next: async (_request, response) => void response.writeHead(404).end("next"),
    readiness: null,
    draining: false,
    running: 0,
  };
  server = createHttpServer(
    createRouter(routes, 0),
    createLog(() => undefined),
  );
  origin = `http://127.0.0.1:${await listen(server, 0, "127.0.0.1")}`;
});
afterEach(() => {
  server.closeAllConnections();
  return closeServer(server);
});

const ask = async (path: string, body: unknown, key = KEY, method = "POST") => {
  const init = {
    method,
    headers: { authorization: `Bearer ${key}` },
    body: method === "GET" ? undefined : JSON.stringify(body),
  };
  const answer = await fetch(`${origin}/api/runtime/${path}`, init);
  return { status: answer.status, text: await answer.text() };
};

test("a host worker elsewhere gets its answers with the key, and nothing without", async () => {
  expect(await ask("load", DEPLOYMENT)).toMatchObject({ status: 200, text: expect.stringContaining("export default") });
  const secret = { ws: "ws_1", ins: "srv_1", name: "TOKEN", host: "slack.com" };
  expect(await ask("secret", secret)).toEqual({ status: 200, text: '{"value":"the value"}' });
  expect((await ask("tail", { ...DEPLOYMENT, lines: [] })).status).toBe(204);
  for (const key of ["", "x", `${KEY}x`, KEY.toUpperCase()])
    expect(await ask("secret", secret, key)).toEqual({ status: 401, text: '{"error":"unauthorized"}' });
  expect((await ask("secret", secret, KEY, "GET")).status).toBe(405);
  expect((await ask("else", secret)).status).toBe(404);
  expect((await ask("secret", { x: "a".repeat(3 << 20) })).status).toBe(413);
});

test("without a configured key the address does not exist", async () => {
  routes.control = null;
  expect(await ask("secret", {})).toEqual({ status: 404, text: "next" });
});
