import { once } from "node:events";
import { request } from "node:http";
import { connect } from "node:net";
import { Client } from "@neondatabase/serverless";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import WebSocket from "ws";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { serialize } from "./protocol";

let t: TestDatabase;
let url: URL;
beforeAll(async () => {
  t = await testDatabase();
  url = new URL(t.url);
});
afterAll(() => t?.close());

const headers = (connection: string) => ({
  "neon-connection-string": connection,
  "neon-raw-text-output": "true",
  "neon-array-mode": "true",
});

function post(
  path: string,
  extra: Record<string, string>,
  body = '{"query":"select 1","params":[]}',
  method = "POST",
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port: url.port, path, method, headers: extra }, async (response) => {
      let text = "";
      for await (const chunk of response) text += chunk;
      resolve({ status: response.statusCode ?? 0, text });
    });
    sent.on("error", reject).end(body);
  });
}

const wrong = () => t.url.replace(url.password, "x".repeat(url.password.length));

describe("the HTTP door", () => {
  it("opens to the secret only", async () => {
    expect((await post("/sql", headers(t.url))).status).toBe(200);
    expect((await post("/sql", headers(wrong()))).status).toBe(401);
    expect((await post("/sql", headers(t.url.replace("aerostack:", "root:")))).status).toBe(401);
    expect((await post("/sql", headers("nonsense"))).status).toBe(401);
    expect((await post("/sql", {})).status).toBe(401);
  });

  it("is not reached by another host name, path or method", async () => {
    expect((await post("/sql", { ...headers(t.url), host: "evil.example" })).status).toBe(421);
    expect((await post("/other", headers(t.url))).status).toBe(404);
    expect((await post("/sql", headers(t.url), undefined, "PUT")).status).toBe(405);
  });

  it("refuses what is no SQL request, and lives on", async () => {
    for (const body of ["", "{", "[]", '{"query":1}', '{"queries":[{}]}', '{"query":"select 1","params":[{}]}'])
      expect((await post("/sql", headers(t.url), body)).status).toBe(400);
    expect((await post("/sql", headers(t.url), '{"query":"copy users from stdin"}')).status).toBe(400);
    const level = { ...headers(t.url), "neon-batch-isolation-level": "Serializable; drop table users" };
    expect((await post("/sql", level, '{"queries":[{"query":"select 1"}]}')).status).toBe(400);
    expect(await t.query("select 1 as a")).toEqual([{ a: 1 }]);
  });
});

/** Opens the WebSocket door, sends bytes, and gives what came until it was closed or said that it is ready. */
function wire(...messages: Uint8Array[]): Promise<string> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${url.port}/v2`);
    let text = "";
    socket.on("message", (data) => {
      text += (data as Buffer).toString("latin1");
      if (text.includes("ENOUGH")) socket.close();
    });
    socket.on("open", () => {
      for (const message of messages) socket.send(message);
    });
    socket.on("error", () => resolve("failed"));
    socket.on("close", () => resolve(text));
  });
}

const startup = serialize.startup({ user: "aerostack", database: "aerostack" });

describe("the WebSocket door", () => {
  it("opens to the secret only", async () => {
    const client = new Client(wrong());
    await expect(client.connect()).rejects.toMatchObject({ code: "28P01" });
    expect(await wire(startup, serialize.query("select 'ENOUGH'"))).toContain("08P01");
    expect(await wire(serialize.startup({ user: "root" }), serialize.password(url.password))).toContain("28P01");
  });

  it("takes everything in one go, as the driver pipelines it", async () => {
    const all = Buffer.concat([startup, serialize.password(url.password), serialize.query("select 'ENOUGH'")]);
    expect(await wire(all)).toContain("ENOUGH");
    expect(await wire(all.subarray(0, all.length - 4), all.subarray(all.length - 4))).toContain("ENOUGH");
  });

  it("offers no TLS and no cancelling", async () => {
    expect(
      await wire(serialize.requestSsl(), startup, serialize.password(url.password), serialize.query("select 'ENOUGH'")),
    ).toMatch(/^N/);
    expect(await wire(serialize.cancel(1, 2))).toBe("");
  });

  it("survives garbage", async () => {
    const login = [startup, serialize.password(url.password)];
    const garbage = [
      Buffer.from("GET / HTTP/1.1\r\n\r\n"),
      Buffer.from([0x7a, 0, 0, 0, 4, 0x53, 0, 0, 0, 4]),
      Buffer.from([0x50, 0, 0, 0, 8, 1, 1, 1, 1, 0x53, 0, 0, 0, 4]),
      Buffer.from([0x42, 0, 0, 0, 9, 0, 0, 0xff, 0xff, 0xff, 0x53, 0, 0, 0, 4]),
      serialize.query("copy users from stdin"),
    ];
    for (const bytes of garbage) {
      const answers = Promise.race([wire(...login, bytes), new Promise((resolve) => setTimeout(resolve, 300))]);
      await answers;
      expect(await t.query("select 1 as a")).toEqual([{ a: 1 }]);
    }
    expect(await wire(Buffer.from([0, 0, 0, 3]))).toContain("08P01");
  });
});

describe("the plain Postgres door", () => {
  const login = (password: string) => ({
    host: "127.0.0.1",
    port: Number(url.port),
    user: "aerostack",
    password,
    ssl: false,
  });

  it("opens to the secret only, on the same port", async () => {
    const client = new pg.Client(login(url.password));
    await client.connect();
    const { rows } = await client.query({ name: "one", text: "select $1::int + 1 as sum", values: [41] });
    expect(rows).toEqual([{ sum: 42 }]);
    await client.end();
    const stranger = new pg.Client(login("x".repeat(url.password.length)));
    await expect(stranger.connect()).rejects.toMatchObject({ code: "28P01" });
  });

  it("survives garbage behind a zero byte", async () => {
    const socket = connect(Number(url.port), "127.0.0.1", () => socket.write(Buffer.alloc(64)));
    socket.on("error", () => {});
    socket.resume();
    await once(socket, "close");
    expect((await post("/sql", headers(t.url))).status).toBe(200);
  });
});
