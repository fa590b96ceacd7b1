import type { CallContext, DeploymentId } from "./contract";

/** An id as the product makes them: it can stand in a header, a path and the name of an isolate. */
export const ID = /^[A-Za-z0-9_-]{1,64}$/;
/** A deployment: SHA-256 in lower-case hex. */
export const DIGEST = /^[0-9a-f]{64}$/;

const KEYS = ["ws", "ins", "dep", "rev", "user", "call", "timeoutMs"];

const isId = (value: unknown): boolean => typeof value === "string" && ID.test(value);
const isCount = (value: unknown, least: number): boolean => Number.isSafeInteger(value) && Number(value) >= least;

/** By hand: a schema library would be most of the host worker's size. */
function isCallContext(value: unknown): value is CallContext {
  if (typeof value !== "object" || value === null) return false;
  const { ws, ins, dep, rev, user, call, timeoutMs } = value as Record<string, unknown>;
  if (Object.keys(value).some((key) => !KEYS.includes(key))) return false;
  if (typeof dep !== "string" || !DIGEST.test(dep) || !isCount(rev, 0) || ![ws, ins, call].every(isId)) return false;
  return (user === undefined || isId(user)) && (timeoutMs === undefined || isCount(timeoutMs, 1));
}

/** Reads a call's context as the gateway sent it; null where it is none. */
export function parseCallContext(json: string | null | undefined): CallContext | null {
  try {
    const value: unknown = JSON.parse(json ?? "");
    return isCallContext(value) ? value : null;
  } catch {
    return null;
  }
}

/** Name of the isolate in the loader. Another revision is another isolate; `.` stands in no part. */
export const isolateName = ({ ws, ins, dep, rev }: DeploymentId): string => `${ws}.${ins}.${dep}.r${rev}`;

/** A deployment in its workspace, whatever its revision: what is counted, logged and paused as one. */
export const deploymentKey = ({ ws, ins, dep }: Omit<DeploymentId, "rev">): string => `${ws}.${ins}.${dep}`;
