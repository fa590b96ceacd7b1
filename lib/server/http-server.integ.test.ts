import type { Server } from "node:http";
import { connect } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createLog } from "@/lib/log";
import { closeServer, createHttpServer, createRouter, type Listener, listen, type Routes } from "./http-server";

const log = createLog(() => undefined);
let server: Server;
let port: number;
let routes: Routes;
let seen: { by: string; forwardedFor: unknown }[];

const note = (by: string): Listener => {
  return async (request, response) => {
    seen.push({ by, forwardedFor: request.headers["x-forwarded-for"] });
    response.end(by);
  };
};

beforeEach(async () => {
  seen = [];
  routes = {
    gateway: note("gateway"),
    control: null,
    next: note("next"),
    readiness: async () => ({ ready: true, missing: [] }),
    draining: false,
    running: 0,
  };
  server = createHttpServer(createRouter(routes, 0), log);
  port = await listen(server, 0, "127.0.0.1");
});
afterEach(() => {
  server.closeAllConnections();
  return closeServer(server);
});

/** Sends bytes as they are; resolves with all that came back until the server closed. */
function raw(request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(request));
    let text = "";
    socket.on("data", (chunk) => {
      text += chunk;
    });
    socket.on("close", () => resolve(text));
    socket.on("error", reject);
  });
}

const ask = (line: string, headers = "") => raw(`${line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${headers}\r\n`);

test("on the edge lane a body without a length is cut at the cap, whoever reads it", async () => {
  routes.gateway = null;
  let read = 0;
  routes.next = async (request, response) => {
    for await (const chunk of request) read += chunk.length;
    response.end();
  };
  const block = `10000\r\n${"x".repeat(0x10000)}\r\n`;
  const text = await raw(
    `POST /ws/eng/sse HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n${block.repeat(40)}`,
  );
  expect(text).toMatch(/^HTTP\/1\.1 413 .*"code":-32600/s);
  expect(read).toBeLessThanOrEqual(1 << 20);
});
const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);

describe("where a request goes", () => {
  test.each([
    ["/ws/eng/sse", "gateway"],
    ["/ws/eng/mcp?sessionId=1", "gateway"],
    ["/ws", "next"],
    ["/w/eng", "next"],
    ["/", "next"],
  ])("%s → %s", async (path, by) => expect(await (await get(path)).text()).toBe(by));

  test("without a direct lane everything is Next's", async () => {
    routes.gateway = null;
    expect(await (await get("/ws/eng/sse")).text()).toBe("next");
  });

  test("neither sees an address that the client made up", async () => {
    await ask("GET /w", "X-Forwarded-For: 6.6.6.6\r\n");
    expect(seen).toEqual([{ by: "next", forwardedFor: "127.0.0.1" }]);
  });
});

describe("what is turned away", () => {
  test.each([
    ["TRACE /ws/eng/sse", 405],
    ["CONNECT evil.example:443", 405],
    ["GET /ws/%zz/sse", 400],
    ["GET /ws/a%00b/sse", 400],
    ["GET /w/%c0%af", 400],
    ["GET http://evil.example/ws/eng/sse", 400],
    ["OPTIONS *", 400],
  ])("%s gets %i and reaches nothing", async (line, status) => {
    const answer = await ask(line);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    if (status === 405) expect(answer).toMatch(/^allow: .*POST/im);
    expect(seen).toEqual([]);
  });

  test("a WebSocket gets 400 and its socket is closed; an offer of HTTP/2 is passed over", async () => {
    const upgrade = (to: string) =>
      raw(`GET /ws/eng/sse HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: ${to}\r\n\r\n`);
    expect(await upgrade("websocket")).toMatch(/^HTTP\/1.1 400 /);
    expect(seen).toEqual([]);
    routes.draining = true; // so that the answer closes the connection
    expect(await upgrade("h2c")).toMatch(/^HTTP\/1.1 200 /);
    expect(seen).toHaveLength(1);
  });

  test("a request with two lengths gets 400", async () => {
    const smuggled =
      "POST /ws/eng/sse HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
    expect(await raw(smuggled)).toMatch(/^HTTP\/1.1 400 /);
    expect(seen).toEqual([]);
  });
});

describe("probes", () => {
  test("health and readiness are told here", async () => {
    expect((await get("/api/health")).status).toBe(200);
    expect(await (await get("/api/ready")).json()).toEqual({ status: "ready" });
    routes.readiness = async () => ({ ready: false, missing: ["database"] });
    const late = await get("/api/ready");
    expect(late.status).toBe(503);
    expect(await late.json()).toEqual({ status: "unavailable", missing: ["database"] });
    expect(seen).toEqual([]);
  });

  test("a node that starts is alive but not ready, and says 503 to the rest", async () => {
    routes.next = null;
    routes.readiness = null;
    expect((await get("/api/health")).status).toBe(200);
    expect((await get("/api/ready")).status).toBe(503);
    const early = await get("/ws/eng/sse");
    expect(early.status).toBe(503);
    expect(early.headers.get("retry-after")).toBe("1");
  });

  test("a node that drains is not ready, still answers, and keeps no connection", async () => {
    routes.draining = true;
    expect((await get("/api/ready")).status).toBe(503);
    const last = await get("/ws/eng/sse");
    expect(last.status).toBe(200);
    expect(last.headers.get("connection")).toBe("close");
  });
});

test("counts what runs, but not streams that only listen", async () => {
  let finish = () => {};
  routes.gateway = (_request, response) => {
    finish = () => response.end();
    response.write("x");
    return Promise.resolve();
  };
  const stream = await get("/ws/eng/sse");
  expect(routes.running).toBe(0);
  finish();
  await stream.text();
  const call = await fetch(`http://127.0.0.1:${port}/ws/eng/sse`, { method: "POST" });
  expect(routes.running).toBe(1);
  finish();
  await call.text();
  await expect.poll(() => routes.running).toBe(0);
});

test("a listener that throws gives a dull 500", async () => {
  routes.next = () => Promise.reject(new Error("secret"));
  const answer = await get("/");
  expect(answer.status).toBe(500);
  expect(await answer.text()).not.toContain("secret");
});

test("a taken port is said so", async () => {
  const second = createHttpServer(createRouter(routes, 0), log);
  await expect(listen(second, port, "127.0.0.1")).rejects.toThrow(/already in use/);
});
