import { type CallContext, FUNCTION_LIMITS, type Loaded } from "../contract";
import { isolateName, parseCallContext } from "../deployment-id";
import { failed } from "../failure";
import { capAnswer } from "./answer";
import { sendLines } from "./tail";
import type { HostContext, HostEnv, WorkerCode } from "./types";

/** Texts of the two modules around each function, put in by `build.mjs`. */
declare const WRAPPER: string;
declare const WRAPPER_IDENTITY: string;

/** Today's behaviour of the platform, for all functions: a date in a manifest would be one more thing to attack. */
const COMPATIBILITY_DATE = "2026-01-01";
const FLAGS = ["nodejs_compat", "enable_request_signal"];
const REQUEST_HEADERS = /^(?:accept|content-type|mcp-[a-z-]+)$/;

/** Errors lose their class on the way out of the loader, so they are told by their text. */
const UNKNOWN = "aerostack: unknown deployment";

/** workerd remembers a failed load for ever, so what failed on our side gets another name the next time. */
const renamed = new Map<string, number>();
const MOST_RENAMED = 10_000;

function loaderName(call: CallContext): string {
  const name = isolateName(call);
  const times = renamed.get(name);
  return times === undefined ? name : `${name}.t${times}`;
}

function rename(call: CallContext): void {
  if (renamed.size >= MOST_RENAMED) renamed.clear();
  const name = isolateName(call);
  renamed.set(name, (renamed.get(name) ?? 0) + 1);
}

async function codeOf(call: CallContext, env: HostEnv, context: HostContext): Promise<WorkerCode> {
  const { ws, ins, dep, rev } = call;
  const id = { ws, ins, dep, rev };
  const request = new Request("http://control/load", { method: "POST", body: JSON.stringify(id) });
  const loaded = await env.CONTROL.fetch(request)
    .then(async (answer) => {
      if (answer.ok) return (await answer.json()) as Loaded;
      throw new Error(answer.status === 404 ? UNKNOWN : "The control side failed");
    })
    .catch((error: unknown) => {
      rename(call);
      throw error;
    });
  return {
    compatibilityDate: COMPATIBILITY_DATE,
    compatibilityFlags: FLAGS,
    mainModule: "rt-main.js",
    modules: { "rt-main.js": WRAPPER, "rt-identity.js": WRAPPER_IDENTITY, "server.js": loaded.code },
    env: loaded.env,
    globalOutbound: context.exports.Egress({ props: id }),
    tails: [context.exports.Tail({ props: id })],
    limits: { cpuMs: 1_000, subRequests: 50 },
  };
}

async function answerCall(call: CallContext, request: Request, env: HostEnv, context: HostContext): Promise<Response> {
  const body = await request.text();
  if (body.length > FUNCTION_LIMITS.requestBytes) return failed("request_too_large");
  const { ws, ins, dep, rev, user } = call;
  const abort = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(() => resolve("late"), call.timeoutMs ?? FUNCTION_LIMITS.deadlineMs);
  });
  void late.then(() => abort.abort());
  try {
    // Stubs belong to one request: never keep them.
    const isolate = env.LOADER.get(loaderName(call), () => codeOf(call, env, context));
    const egress = context.exports.Egress({ props: { ws, ins, dep, rev, user, call: call.call } });
    const headers = [...request.headers].filter(([name]) => REQUEST_HEADERS.test(name)) as [string, string][];
    const inner = new Request("http://function/mcp", {
      method: "POST",
      headers: [...headers, ["x-rt-call", call.call]],
      body,
      signal: abort.signal,
    });
    const entry = isolate.getEntrypoint(undefined, { props: { user, call: call.call, egress } });
    const answering = entry.fetch(inner).then((answer) => capAnswer(answer, body, () => clearTimeout(timer)));
    const first = await Promise.race([answering, late]);
    if (first !== "late") return first;
    answering.catch(() => undefined);
    return failed("deadline_exceeded", body);
  } catch (error) {
    clearTimeout(timer);
    return explain(error, call, body, env);
  }
}

/** The word for what went wrong. The text itself is the author's, so it goes to the log and not to the client. */
async function explain(error: unknown, call: CallContext, body: string, env: HostEnv): Promise<Response> {
  const text = error instanceof Error ? error.message : String(error);
  if (text.includes(UNKNOWN)) return failed("unknown_deployment", body);
  if (!text.startsWith("Failed to start Worker")) return failed("server_error", body);
  const reason = text.replace(/^Failed to start Worker:\s*/, "").slice(0, 2_000);
  await sendLines(env, call, [{ at: Date.now(), level: "exception", text: reason, call: call.call }]);
  return failed("load_failed", body);
}

/** Whether two keys are one, in time that tells nothing of where they differ. */
function sameKey(given: string, key: string): boolean {
  let differs = given.length ^ key.length;
  for (let at = 0; at < key.length; at++) differs |= given.charCodeAt(at) ^ key.charCodeAt(at);
  return differs === 0;
}

/** The host worker's front: one call of one function, in the isolate of its deployment. */
export async function handleHost(request: Request, env: HostEnv, context: HostContext): Promise<Response> {
  const path = new URL(request.url).pathname;
  if (path === "/health") return new Response("ok");
  if (!env.BOOT_KEY || !sameKey(request.headers.get("x-rt-key") ?? "", env.BOOT_KEY)) return failed("unauthorized");
  if (request.method !== "POST") return failed("method_not_allowed");
  const call = path === "/mcp" ? parseCallContext(request.headers.get("x-rt-ctx")) : null;
  return call ? answerCall(call, request, env, context) : failed("bad_request");
}
