import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { EnvError, readEnv } from "@/lib/env";
import { createLog, errorFields } from "@/lib/log";
import { boot } from "./boot";
import { type DrainStep, drain } from "./drain";
import type { Routes } from "./http-server";
import { StartError } from "./start-error";

/** The whole end may take this long (ms); then the process goes whatever is still open. */
const END_MS = 29_000;
/** How long (ms) a stopping node still answers, with `/api/ready` saying 503, so that a load balancer turns away first. */
const LINGER_MS = 2_000;
/** Broken connections that reach the top without a handler; they end one request, not the process. */
const HARMLESS = new Set([
  "ECONNRESET",
  "EPIPE",
  "ECONNABORTED",
  "ABORT_ERR",
  "UND_ERR_ABORTED",
  "ERR_STREAM_PREMATURE_CLOSE",
]);

// V8 lets garbage grow to several times what is in use before it collects all of it: 200 MiB in a long export. By a quarter
// at most instead, the export needs some 20 MiB and takes as long (`e2e/bench/export.mjs`).
setFlagsFromString("--heap-growing-percent=25");

const log = createLog();
const steps: DrainStep[] = [];
let routes: Routes | undefined;
let ending = false;

/** Ends the process in order. A second signal does not wait. */
async function end(code: number, lingerMs: number): Promise<void> {
  if (ending) process.exit(code || 1);
  ending = true;
  setTimeout(() => process.exit(1), END_MS).unref();
  if (routes) {
    routes.draining = true;
    log.info("server.draining");
    await sleep(lingerMs);
  }
  await drain(steps, log);
  process.exit(code);
}

/** Names of the functions where an error was thrown: no message (it may quote what a client sent) and no paths. */
function thrownIn(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const names = [...(error.stack ?? "").matchAll(/^\s+at (?:async )?([\w.$<>]+) \(/gm)].map(([, name]) => name);
  return names.slice(0, 4).join(" < ");
}

process.on("SIGTERM", () => void end(0, LINGER_MS));
process.on("SIGINT", () => void end(0, 0));
process.on("SIGHUP", () => void end(0, 0));
if (process.connected) process.once("disconnect", () => void end(0, 0)); // the watcher of `npm run dev` is gone
process.on("unhandledRejection", (error) =>
  log.error("unhandled_rejection", { ...errorFields(error), in: thrownIn(error) }),
);
process.on("uncaughtException", (error: NodeJS.ErrnoException) => {
  log.error("uncaught_exception", { ...errorFields(error), in: thrownIn(error) });
  if (!HARMLESS.has(error.code ?? "")) void end(1, 0);
});

try {
  const started = await boot({
    env: readEnv(process.env),
    root: resolve(import.meta.dirname, ".."),
    dev: process.env.NODE_ENV === "development",
    log,
    onEnd: (step) => steps.unshift(step),
  });
  routes = started.routes;
} catch (error) {
  if (error instanceof EnvError)
    console.error(`aerostack  The configuration is wrong:\n${error.lines.map((line) => `  ${line}`).join("\n")}`);
  else if (error instanceof StartError) console.error(`aerostack  ${error.message}`);
  else log.error("start.failed", { ...errorFields(error), in: thrownIn(error) });
  await end(1, 0);
}
