import { type CallContext, FUNCTION_LIMITS, type Policy } from "../contract";
import { deploymentKey } from "../deployment-id";
import { type Failure, failed } from "../failure";
import { toResponse } from "./answer";
import type { Gate } from "./gate";
import type { Pool } from "./pool";
import type { Worker } from "./worker";

const GRACE_MS = 500; // after the host worker's own deadline
const EXIT_MS = 1_000; // between a broken socket and the news that the process is gone
/** Asking these twice does no harm. */
const SAFE = /^(?:initialize|ping|server\/discover|tools\/list)$/;

/** What a call goes through. */
export interface DispatchPorts {
  pool: Pick<Pool, "acquire">;
  gate: Gate;
  /** Null for a deployment that does not exist. */
  known(context: CallContext): Promise<{ policy: Policy; placeholders: string[] } | null>;
  pausedUntil(key: string): number | null;
}

/** One call: refused, or sent to its workspace's process, once more if that ends under a call that may be repeated. */
export async function dispatch(ports: DispatchPorts, context: CallContext, request: Request): Promise<Response> {
  if (request.method !== "POST") return failed("method_not_allowed");
  const body = await request.text();
  if (body.length > FUNCTION_LIMITS.requestBytes) return failed("request_too_large");
  const key = deploymentKey(context);
  if (ports.pausedUntil(key) !== null) return failed("quarantined", body);
  let leave: (() => void) | null = null;
  try {
    const known = await ports.known(context);
    if (known === null) return failed("unknown_deployment", body);
    const { deadlineMs, concurrency } = known.policy.limits;
    const deadline = Date.now() + Math.min(context.timeoutMs ?? deadlineMs, deadlineMs);
    const waiting = AbortSignal.any([AbortSignal.timeout(Math.max(1, deadline - Date.now())), request.signal]);
    leave = await ports.gate.enter(key, concurrency, waiting);
    if (leave === null) return failed(waiting.aborted ? "deadline_exceeded" : "too_many_requests", body);
    const call: Call = {
      context,
      headers: headersOf(request),
      body,
      deadline,
      placeholders: known.placeholders,
      leave,
    };
    const first = await attempt(ports, call, request.signal);
    if (typeof first !== "string") return first;
    const safe = first === "never_sent" || (first === "runtime_crashed" && SAFE.test(methodOf(body)));
    const again = safe && ports.pausedUntil(key) === null;
    const second = again ? await attempt(ports, call, request.signal) : first;
    if (typeof second !== "string") return second;
    leave();
    return failed(second === "never_sent" ? "runtime_crashed" : second, body);
  } catch {
    leave?.(); // the source failed, or no process could be started
    return failed("server_error", body);
  }
}

interface Call {
  context: CallContext;
  headers: Record<string, string>;
  body: string;
  /** Unix time in ms. */
  deadline: number;
  placeholders: string[];
  leave(): void;
}

async function attempt(
  ports: DispatchPorts,
  call: Call,
  client: AbortSignal,
): Promise<Response | Failure | "never_sent"> {
  const { context, body, placeholders, deadline } = call;
  const worker = await ports.pool.acquire(context.ws);
  if (worker === null) return "no_capacity";
  const timeoutMs = Math.max(1, deadline - Date.now());
  const late = AbortSignal.timeout(timeoutMs + GRACE_MS);
  const end = worker.begin(deploymentKey(context));
  const headers = { ...call.headers, "x-rt-ctx": JSON.stringify({ ...context, timeoutMs }) };
  try {
    const answer = await worker.process.send(headers, body, AbortSignal.any([late, client]));
    return await toResponse(answer, placeholders, body, () => {
      end();
      call.leave();
    });
  } catch (error) {
    const failure = await explain(worker, late, error);
    end(); // not before: whoever looks for suspects has to find it
    return failure;
  }
}

/** The process's socket is gone before anything went through it. */
const NEVER_SENT = new Set(["ECONNREFUSED", "ENOENT"]);

async function explain(worker: Worker, late: AbortSignal, error: unknown): Promise<Failure | "never_sent"> {
  if (late.aborted) return "deadline_exceeded";
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise((resolve) => {
    timer = setTimeout(resolve, EXIT_MS);
  });
  await Promise.race([worker.process.exited, patience]);
  clearTimeout(timer);
  if (worker.process.alive()) return "server_error";
  return NEVER_SENT.has(String((error as { code?: unknown }).code)) ? "never_sent" : "runtime_crashed";
}

function headersOf(request: Request): Record<string, string> {
  const kept = [...request.headers].filter(([name]) => /^(?:accept|content-type|mcp-[a-z-]+)$/.test(name));
  return Object.fromEntries(kept);
}

function methodOf(body: string): string {
  try {
    return String((JSON.parse(body) as { method?: unknown } | null)?.method);
  } catch {
    return "";
  }
}
