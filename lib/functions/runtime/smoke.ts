import { createHash } from "node:crypto";
import { type DeploymentId, FUNCTION_LIMITS, type FunctionSource, type LogLine, type Policy } from "../contract";
import type { Failure } from "../failure";
import { toResponse } from "./answer";
import type { Pool } from "./pool";
import { createTenant } from "./tenant";
import type { Worker } from "./worker";

const PAGES = 20;
/** A busy machine makes a quick start slow; a bundle is too slow where it is so each time. */
const TRIES = 3;

/** A tool as the function lists it. */
export interface SmokeTool {
  name: string;
  [field: string]: unknown;
}

/**
 * What a bundle showed when it was tried: its tools and its whole answer to `initialize` (which may declare a manifest);
 * or why it is none: `code` for programs, `detail` for its author.
 */
export type SmokeResult =
  | { ok: true; tools: SmokeTool[]; initialize: Record<string, unknown>; startMs: number }
  | { ok: false; code: Failure | "start_too_slow" | "not_mcp"; detail: string };

/**
 * Tries a bundle in a process that nobody else uses and that ends with the trial: it has to answer `initialize` within
 * 1 s and list its tools within 5 s. It reaches no host and no secret meanwhile. One that starts too slowly gets three trials.
 */
export async function smokeTest(
  pool: Pick<Pool, "borrow">,
  placeholderKey: CryptoKey,
  code: string,
  policy: Policy,
): Promise<SmokeResult> {
  if (code.length > FUNCTION_LIMITS.codeBytes)
    return { ok: false, code: "load_failed", detail: "The bundle is larger than 10 MiB." };
  for (let left = TRIES; ; left--) {
    const result = await trial(pool, placeholderKey, code, policy);
    if (result.ok || result.code !== "start_too_slow" || left === 1) return result;
  }
}

async function trial(
  pool: Pick<Pool, "borrow">,
  placeholderKey: CryptoKey,
  code: string,
  policy: Policy,
): Promise<SmokeResult> {
  const dep = createHash("sha256").update(code).digest("hex");
  const id: DeploymentId = { ws: "smoke", ins: "smoke", dep, rev: 0 };
  const said: LogLine[] = [];
  const source: FunctionSource = {
    policy: async () => ({ ...policy, hosts: [] }),
    code: async () => code,
    secret: async () => null,
    record: () => undefined,
  };
  const worker = await pool.borrow();
  try {
    worker.process.tenant = createTenant(id.ws, source, placeholderKey, (_id, lines) => said.push(...lines));
    return await converse(worker, id, said);
  } finally {
    worker.retiring = true;
    worker.process.kill();
    await worker.process.exited;
  }
}

class Stop extends Error {
  constructor(
    readonly code: Failure | "not_mcp",
    readonly detail: string,
  ) {
    super(code);
  }
}

async function converse(worker: Worker, id: DeploymentId, said: LogLine[]): Promise<SmokeResult> {
  const until = AbortSignal.timeout(FUNCTION_LIMITS.smokeMs);
  const startedAt = performance.now();
  try {
    const client = { name: "aerostack", version: "1" };
    const params = { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: client };
    const hello = await ask(worker, id, until, said, { id: 1, method: "initialize", params });
    const startMs = Math.round(performance.now() - startedAt);
    if (startMs > FUNCTION_LIMITS.startMs)
      return { ok: false, code: "start_too_slow", detail: `It took ${startMs} ms to start; at most 1000 are allowed.` };
    const session = hello.session ? { "mcp-session-id": hello.session } : {};
    await send(worker, id, until, { method: "notifications/initialized" }, session);
    const tools: SmokeTool[] = [];
    let cursor: unknown;
    for (let page = 0; page < PAGES; page++) {
      const question = { id: page + 2, method: "tools/list", params: cursor === undefined ? {} : { cursor } };
      const { result } = await ask(worker, id, until, said, question, session);
      const list: unknown = result.tools;
      if (!Array.isArray(list) || !list.every(isTool)) throw new Stop("not_mcp", "tools/list gave no list of tools.");
      tools.push(...list);
      cursor = result.nextCursor;
      if (typeof cursor !== "string") break;
    }
    return { ok: true, tools, initialize: hello.result, startMs };
  } catch (error) {
    if (error instanceof Stop) return { ok: false, code: error.code, detail: error.detail };
    if (until.aborted) return { ok: false, code: "deadline_exceeded", detail: "It did not answer within 5 s." };
    return { ok: false, code: "runtime_crashed", detail: "Its process ended while it started." };
  }
}

const isTool = (value: unknown): value is SmokeTool =>
  typeof value === "object" && value !== null && typeof (value as { name?: unknown }).name === "string";

async function send(worker: Worker, id: DeploymentId, until: AbortSignal, message: object, session: object) {
  const headers = {
    "content-type": "application/json",
    accept: "application/json, text/event-stream",
    "mcp-protocol-version": "2025-06-18",
    ...session,
    "x-rt-ctx": JSON.stringify({ ...id, call: "smoke", timeoutMs: FUNCTION_LIMITS.smokeMs }),
  };
  const body = JSON.stringify({ jsonrpc: "2.0", ...message });
  return toResponse(await worker.process.send(headers, body, until), [], body, () => undefined);
}

async function ask(
  worker: Worker,
  id: DeploymentId,
  until: AbortSignal,
  said: LogLine[],
  message: { id: number; method: string; params: object },
  session: object = {},
): Promise<{ result: Record<string, unknown>; session: string | null }> {
  const response = await send(worker, id, until, message, session);
  const failure = response.headers.get("x-rt-error") as Failure | null;
  const text = await response.text();
  if (failure !== null) {
    await new Promise((resolve) => setTimeout(resolve, 100)); // its last words are on their way
    const words = said.filter((line) => line.level === "exception").at(-1)?.text;
    throw new Stop(failure, words ?? `${message.method} failed.`);
  }
  const found = messagesIn(text, response.headers.get("content-type") ?? "").find((one) => one.id === message.id);
  if (typeof found?.result !== "object" || found.result === null)
    throw new Stop(
      "not_mcp",
      `${message.method} was not answered as MCP says${found?.error ? `: ${JSON.stringify(found.error).slice(0, 500)}` : "."}`,
    );
  return { result: found.result as Record<string, unknown>, session: response.headers.get("mcp-session-id") };
}

interface Message {
  id?: unknown;
  result?: unknown;
  error?: unknown;
}

/** The JSON-RPC messages of an answer, one alone or as events. */
function messagesIn(text: string, type: string): Message[] {
  const parts = type.startsWith("text/event-stream")
    ? text.split(/\r?\n\r?\n/).map((event) => event.replace(/^(?!data:).*$/gm, "").replace(/^data: ?/gm, ""))
    : [text];
  return parts.flatMap((part): Message[] => {
    try {
      const value: unknown = JSON.parse(part);
      return typeof value === "object" && value !== null ? [value as Message] : [];
    } catch {
      return [];
    }
  });
}
