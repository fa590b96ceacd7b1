import { Agent, Pool } from "undici";

const percentile = (sorted, share) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

const callOf = (id, tool) =>
  JSON.stringify({ jsonrpc: "2.0", id, method: "tools/call", params: { name: tool, arguments: { message: "hello" } } });

/** Virtual clients on Streamable HTTP: one connection each, one call at a time. */
function httpCallers({ url, headers, tool }, clients) {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections: clients, pipelining: 1 });
  let id = 0;
  const call = async () => {
    const { statusCode, body } = await pool.request({
      method: "POST",
      path: pathname,
      headers,
      body: callOf(++id, tool),
    });
    const text = await body.text();
    return statusCode === 200 && text.includes('"hello"') && !text.includes('"isError":true');
  };
  return Promise.resolve({ callers: Array.from({ length: clients }, () => call), close: () => pool.close() });
}

/** Virtual clients on HTTP+SSE: one stream each for the answers, calls by POST. */
async function sseCallers({ url, headers, tool }, clients) {
  const agent = new Agent({ connections: clients * 2 + 4, pipelining: 1, bodyTimeout: 0 });
  const streams = [];
  const one = async () => {
    const { origin, pathname } = new URL(url);
    const { body } = await agent.request({
      origin,
      path: pathname,
      method: "GET",
      headers: { accept: "text/event-stream" },
    });
    streams.push(body);
    const waiting = new Map();
    let endpoint;
    const opened = new Promise((resolve) => {
      endpoint = resolve;
    });
    let rest = "";
    body.setEncoding("utf8").on("data", (chunk) => {
      const events = (rest + chunk).split(/\r?\n\r?\n/);
      rest = events.pop() ?? "";
      for (const event of events) {
        const data = /^data: ?(.*)$/m.exec(event)?.[1] ?? "";
        if (/^event: endpoint/m.test(event)) endpoint(new URL(data, url).href);
        else if (data) {
          const message = JSON.parse(data);
          waiting.get(message.id)?.(message);
        }
      }
    });
    body.on("error", () => undefined);
    const to = new URL(await opened);
    const post = async (message) => {
      const { body: answer } = await agent.request({
        origin: to.origin,
        path: to.pathname + to.search,
        method: "POST",
        headers,
        body: message,
      });
      await answer.dump();
    };
    const ask = async (id, message) => {
      const answered = new Promise((resolve) => waiting.set(id, resolve));
      await post(message);
      const answer = await answered;
      waiting.delete(id);
      return answer;
    };
    const hello = { protocolVersion: "2025-03-26", capabilities: {}, clientInfo: { name: "bench", version: "1" } };
    await ask(0, JSON.stringify({ jsonrpc: "2.0", id: 0, method: "initialize", params: hello }));
    await post('{"jsonrpc":"2.0","method":"notifications/initialized"}');
    let id = 0;
    return async () => {
      const answer = await ask(++id, callOf(id, tool));
      return answer.result?.content?.[0]?.text === "hello";
    };
  };
  const callers = await Promise.all(Array.from({ length: clients }, one));
  return {
    callers,
    close: () => {
      for (const stream of streams) stream.destroy();
      return agent.destroy();
    },
  };
}

/**
 * Calls `tools/call` in a closed loop from `clients` clients for `ms`, after a short warm-up.
 * `cpuMs` is read at both ends of the measured span.
 */
export async function measure(target, clients, ms, cpuMs) {
  const { callers, close } = await (target.transport === "sse" ? sseCallers : httpCallers)(target, clients);
  const spent = [];
  let errors = 0;
  const loop = async (until, keep) => {
    await Promise.all(
      callers.map(async (call) => {
        while (performance.now() < until) {
          const at = performance.now();
          const good = await call();
          if (!good) errors++;
          else if (keep) spent.push(performance.now() - at);
        }
      }),
    );
  };
  await loop(performance.now() + Math.min(500, ms / 4), false);
  const cpuBefore = cpuMs();
  const at = performance.now();
  await loop(at + ms, true);
  const tookMs = performance.now() - at;
  const cpu = cpuMs() - cpuBefore;
  await close();
  spent.sort((a, b) => a - b);
  return {
    calls: spent.length,
    errors,
    perSecond: (spent.length * 1_000) / tookMs,
    p50: percentile(spent, 0.5),
    p95: percentile(spent, 0.95),
    cpuMs: cpu,
  };
}
