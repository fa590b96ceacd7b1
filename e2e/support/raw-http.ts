import { request } from "node:http";
import { connect } from "node:net";

/** An answer, or "close" where the connection ended without one. */
export interface RawAnswer {
  status: number | "close";
  headers: Record<string, string | string[] | undefined>;
  body: string;
  ms: number;
}

const CLOSED: Omit<RawAnswer, "ms"> = { status: "close", headers: {}, body: "" };

/** One request with the path and headers exactly as given; nothing is normalised on the way. */
export function sendHttp(
  port: number,
  options: { method: string; path: string; headers: Record<string, string>; body: Buffer | string },
): Promise<RawAnswer> {
  const at = performance.now();
  return new Promise((resolve) => {
    const settle = (answer: Omit<RawAnswer, "ms">) => resolve({ ...answer, ms: performance.now() - at });
    const { method, path } = options;
    const headers = {
      ...(method !== "GET" && method !== "HEAD" && { "content-length": String(Buffer.byteLength(options.body)) }),
      ...options.headers,
    };
    const sent = request({ host: "127.0.0.1", port, method, path, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      const end = () =>
        settle({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).toString() });
      response
        .on("data", (chunk: Buffer) => chunks.push(chunk))
        .on("end", end)
        .on("error", end);
      // A stream that stays open is told by its head alone.
      if (method === "GET" && String(response.headers["content-type"]).startsWith("text/event-stream")) {
        end();
        response.destroy();
      }
    });
    sent.on("error", () => settle(CLOSED));
    sent.setTimeout(20_000, () => sent.destroy());
    sent.end(options.body);
  });
}

/** Bytes on a socket, and the status line that came back before it was closed (at the latest after `ms`). */
export function sendBytes(port: number, bytes: string, ms = 5_000): Promise<RawAnswer> {
  const at = performance.now();
  return new Promise((resolve) => {
    let text = "";
    const socket = connect({ host: "127.0.0.1", port });
    const settle = () => {
      socket.destroy();
      const status = /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1];
      resolve({ status: status ? Number(status) : "close", headers: {}, body: text, ms: performance.now() - at });
    };
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1");
      if (/^HTTP\/1\.1 (?!1)\d{3}[\s\S]*\r\n\r\n/.test(text)) settle();
    });
    socket.on("error", settle).on("close", settle);
    socket.setTimeout(ms, settle);
    socket.write(bytes, "latin1");
  });
}

/** Sends a chunked body without end until the peer closes; says how far it came. */
export function sendEndless(
  port: number,
  head: string,
  limitBytes: number,
): Promise<RawAnswer & { sentBytes: number }> {
  const at = performance.now();
  const piece = Buffer.alloc(64 << 10, "x");
  const framed = Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from("\r\n")]);
  return new Promise((resolve) => {
    let text = "";
    let sentBytes = 0;
    let over = false;
    const socket = connect({ host: "127.0.0.1", port });
    const settle = () => {
      over = true;
      const status = /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1];
      resolve({
        status: status ? Number(status) : "close",
        headers: {},
        body: text,
        ms: performance.now() - at,
        sentBytes,
      });
    };
    const pump = () => {
      while (!over && !socket.destroyed && sentBytes < limitBytes) {
        sentBytes += piece.length;
        if (!socket.write(framed)) return;
      }
    };
    socket.on("connect", () => {
      socket.write(head);
      pump();
    });
    socket.on("drain", pump).on("data", (chunk) => {
      text += chunk.toString("latin1");
    });
    socket.on("error", () => undefined).on("close", settle);
    socket.setTimeout(20_000, () => socket.destroy());
  });
}

/** Writes `text` a byte every `pauseMs`, until the peer closes (or `ms` have passed, which counts as too late). */
export function sendSlowly(port: number, text: string, pauseMs: number, ms: number): Promise<RawAnswer> {
  const at = performance.now();
  return new Promise((resolve) => {
    let answer = "";
    let sent = 0;
    const socket = connect({ host: "127.0.0.1", port });
    const timer = setInterval(() => socket.write(text[sent++ % text.length] ?? ""), pauseMs);
    const late = setTimeout(() => socket.destroy(), ms);
    socket.on("data", (chunk) => {
      answer += chunk.toString("latin1");
    });
    socket
      .on("error", () => undefined)
      .on("close", () => {
        clearInterval(timer);
        clearTimeout(late);
        const status = /^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1];
        resolve({ status: status ? Number(status) : "close", headers: {}, body: answer, ms: performance.now() - at });
      });
  });
}
