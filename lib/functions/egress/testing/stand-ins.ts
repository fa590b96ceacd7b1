import { createServer as createHttp, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createTcp } from "node:net";
import { gzipSync } from "node:zlib";

/** One request that reached the bound host. */
export interface Seen {
  method: string;
  url: string;
  headers: IncomingMessage["headers"];
  body: string;
}

/** The API that the secret belongs to (it echoes in every way asked for), and a listener that nothing may reach. */
export interface StandIns {
  bound: string;
  boundPort: number;
  seen: Seen[];
  foreignPort: number;
  /** All bytes that reached the foreign listener. */
  foreign(): string;
  /** Connections to it. */
  foreignHits(): number;
  close(): Promise<void>;
}

const ECHOES: Record<string, (value: string) => string | Buffer> = {
  raw: (value) => value,
  json: (value) => JSON.stringify({ echoed: value }),
  unicode: (value) => [...value].map((one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`).join(""),
  url: (value) => encodeURIComponent(value),
  percent: (value) => Buffer.from(value).toString("hex").replace(/../g, "%$&"),
  twice: (value) => encodeURIComponent(encodeURIComponent(value)),
  hex: (value) => Buffer.from(value).toString("hex"),
  HEX: (value) => Buffer.from(value).toString("hex").toUpperCase(),
  base64: (value) => Buffer.from(value).toString("base64"),
  base641: (value) => Buffer.from(`x${value}y`).toString("base64"),
  base642: (value) => Buffer.from(`xy${value}zz`).toString("base64"),
  base64url: (value) => Buffer.from(value).toString("base64url"),
  upper: (value) => value.toUpperCase(),
  lower: (value) => value.toLowerCase(),
  html: (value) => value.replaceAll("&", "&amp;").replaceAll('"', "&quot;"),
  thrice: (value) => value + value + value,
  reversed: (value) => [...value].reverse().join(""),
};

function respond(seen: Seen, res: ServerResponse): unknown {
  const url = new URL(seen.url, "http://bound");
  const auth = String(seen.headers.authorization ?? seen.headers["x-api-key"] ?? "");
  const all = [seen.method, seen.url, JSON.stringify(seen.headers), seen.body].join("\n");
  const part = url.searchParams.get("of") === "all" ? all : auth.replace(/^(?:Bearer|Basic) /, "");
  const text = (ECHOES[url.searchParams.get("as") ?? "raw"] ?? String)(part);
  if (url.pathname.startsWith("/redirect"))
    return res.writeHead(302, { location: url.searchParams.get("to") ?? "/" }).end();
  if (url.pathname === "/headers")
    return res
      .writeHead(200, { "x-echo": String(text), "set-cookie": `a=${text}`, location: `/${text}` })
      .end("see headers");
  if (url.pathname === "/reason") return res.writeHead(401, "Unauthorized").end(`bad key ${text}`);
  if (url.pathname === "/gzip") return res.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(text));
  if (url.pathname === "/range") {
    const match = /bytes=(\d+)-(\d+)/.exec(String(seen.headers.range ?? ""));
    const cut = match ? String(text).slice(Number(match[1]), Number(match[2]) + 1) : text;
    return res.writeHead(match ? 206 : 200).end(cut);
  }
  if (url.pathname === "/trickle") {
    const bytes = [...Buffer.from(String(text))];
    const next = () => {
      const byte = bytes.shift();
      if (byte === undefined) return res.end();
      res.write(Buffer.from([byte]));
      setImmediate(next);
    };
    return next();
  }
  return res.end(text);
}

/** Starts both on loopback. */
export async function startStandIns(): Promise<StandIns> {
  const seen: Seen[] = [];
  const bound = createHttp(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const one = {
      method: req.method ?? "",
      url: req.url ?? "",
      headers: req.headers,
      body: Buffer.concat(chunks).toString(),
    };
    seen.push(one);
    respond(one, res);
  });
  const heard: Buffer[] = [];
  let hits = 0;
  const foreign = createTcp((socket) => {
    hits += 1;
    socket.on("data", (chunk) => heard.push(chunk));
    socket.on("error", () => undefined);
    socket.end("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi");
  });
  const listen = (server: typeof foreign) =>
    new Promise<number>((resolve) =>
      server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port)),
    );
  const [boundPort, foreignPort] = [await listen(bound), await listen(foreign)];
  return {
    bound: `http://127.0.0.1:${boundPort}`,
    boundPort,
    seen,
    foreignPort,
    foreign: () => Buffer.concat(heard).toString("latin1"),
    foreignHits: () => hits,
    async close() {
      bound.closeAllConnections();
      await Promise.all([bound, foreign].map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}
