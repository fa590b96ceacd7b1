import { WorkerEntrypoint } from "cloudflare:workers";
import { FUNCTION_LIMITS, type Identity, type LogLine } from "../contract";
import type { HostEnv } from "./types";

const MOST_LINES = 200; // of one call
const LONGEST = 2_000; // characters of one line

interface TailEvent {
  event?: { request?: { headers?: Record<string, string> } } | null;
  logs: { message: unknown; level: string; timestamp: number }[];
  exceptions: { name: string; message: string; stack?: string; timestamp: number }[];
}

const LEVELS = new Set(["debug", "info", "log", "warn", "error"]);

function say(message: unknown): string {
  const parts = Array.isArray(message) ? message : [message];
  return parts.map((part) => (typeof part === "string" ? part : (JSON.stringify(part) ?? String(part)))).join(" ");
}

/** The lines of one event, cut where a function talks too much. */
export function linesOf({ event, logs, exceptions }: TailEvent): LogLine[] {
  const call = event?.request?.headers?.["x-rt-call"];
  const whose = call === undefined ? {} : { call };
  const lines: LogLine[] = logs.slice(0, MOST_LINES).map(({ message, level, timestamp }) => ({
    at: timestamp,
    level: LEVELS.has(level) ? (level as LogLine["level"]) : "log",
    text: say(message).slice(0, LONGEST),
    ...whose,
  }));
  if (logs.length > MOST_LINES)
    lines.push({
      at: Date.now(),
      level: "system",
      text: `${logs.length - MOST_LINES} more lines were dropped`,
      ...whose,
    });
  const thrown = exceptions.slice(0, MOST_LINES).map(
    ({ name, message, stack, timestamp }): LogLine => ({
      at: timestamp,
      level: "exception",
      text: [`${name}: ${message}`, stack].filter(Boolean).join("\n").slice(0, LONGEST),
      ...whose,
    }),
  );
  return [...lines, ...thrown];
}

/** Gets what an isolate printed and threw, with the identity that the host gave it, and hands it to the control side. */
export class Tail extends WorkerEntrypoint<HostEnv, Identity> {
  async tail(events: TailEvent[]): Promise<void> {
    const lines = events.flatMap(linesOf).slice(0, FUNCTION_LIMITS.tailLines);
    if (lines.length > 0) await sendLines(this.env, this.ctx.props, lines);
  }
}

/** Tells the control side. A lost line is no reason to fail a call. */
export async function sendLines(env: HostEnv, identity: Identity, lines: LogLine[]): Promise<void> {
  const { ws, ins, dep, rev } = identity;
  const body = JSON.stringify({ ws, ins, dep, rev, lines });
  await env.CONTROL.fetch(new Request("http://control/tail", { method: "POST", body })).catch(() => undefined);
}
