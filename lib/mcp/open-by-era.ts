import { startDeadline } from "./deadline";
import { exchange } from "./exchange";
import { InitializeRefused, readDiscover } from "./handshake";
import type { OpenOptions } from "./initialize";
import { MODERN, writeModern } from "./modern-envelope";
import { ModernSession } from "./modern-upstream";
import { type Era, RPC } from "./protocol";
import { envelopeOf } from "./request-meta";
import { openStreamable } from "./streamable";
import { UpstreamError } from "./transport";
import type { UpstreamSession } from "./upstream";
import type { Wire } from "./wire";

/**
 * A session at a Streamable HTTP endpoint of either era. What is known (`era`) only says which is tried first: a server
 * that was set back, or moved on, shows it by refusing, and is asked the other way at once. An older server that breaks
 * on a question it does not know is begun all the same; the session is then `unsure`.
 * @throws UpstreamError
 */
export async function openByEra(wire: Wire, options: OpenOptions & { era?: Era | null }): Promise<UpstreamSession> {
  const startedAt = performance.now();
  const rest = (share = 1): OpenOptions => {
    const left = options.deadlineMs - (performance.now() - startedAt);
    return { ...options, deadlineMs: Math.max(1, left * share) };
  };
  let doubt: unknown = null;
  if (options.era !== "legacy") {
    try {
      const found = await discover(wire, rest(0.5));
      if (found) return found;
    } catch (error) {
      if (!mayBeBroken(error)) throw error;
      doubt = error;
    }
  }
  try {
    const session = await openStreamable(wire, rest());
    return doubt === null ? session : Object.assign(session, { unsure: true });
  } catch (error) {
    const known = options.era !== "legacy" && doubt === null;
    const session = known || !mayBeModern(error) ? null : await discover(wire, rest()).catch(() => null);
    if (!session) throw doubt ?? error;
    return session;
  }
}

/**
 * Whether an older server may have broken on the question, or keeps silent about it. What else fails would fail again,
 * and a transport that knows more than a status (a class of its own) knows that better than we do.
 */
function mayBeBroken(error: unknown): boolean {
  if (!(error instanceof UpstreamError) || error.constructor !== UpstreamError) return false;
  return error.reason === "timeout" || (error.reason === "status" && (error.status === 500 || error.status === 501));
}

/** Asks a server for what it is; null where it is an older one. @throws UpstreamError where neither can be said */
async function discover(wire: Wire, { deadlineMs, signal, profile }: OpenOptions): Promise<UpstreamSession | null> {
  const deadline = startDeadline(deadlineMs, signal);
  const envelope = envelopeOf(profile?.capabilities ?? {});
  try {
    for (const id of [0, 1]) {
      const out = writeModern(id, "server/discover", undefined, envelope);
      const { reply } = await exchange(wire, MODERN, out, {}, deadline, out.headers);
      const info = readDiscover(reply);
      if (info !== "retry") return info && new ModernSession(wire, info, profile);
    }
    return null;
  } catch (error) {
    deadline.abort();
    if (deadline.ended === null && isOldAnswer(error)) return null;
    throw deadline.failure(error);
  } finally {
    deadline.release();
  }
}

/** Statuses that say nothing of the era: not let in, too many requests, or broken just now. */
const saysNothing = (status: number) => status === 401 || status === 403 || status === 429 || status >= 500;

/** Whether a server answered as one does that does not know the question. An answer of sorts there must have been. */
function isOldAnswer(error: unknown): boolean {
  if (!(error instanceof UpstreamError)) return false;
  if (error.reason === "not_mcp") return true;
  const answered = error.reason === "status" || error.reason === "unreachable"; // the latter: a stream without a reply
  return answered && error.status !== undefined && !saysNothing(error.status);
}

/** Whether a server that would not begin a session may be one that has none any more. */
function mayBeModern(error: unknown): boolean {
  if (error instanceof InitializeRefused)
    return error.code === RPC.unsupportedVersion || error.code === RPC.methodNotFound || error.status !== 200;
  return error instanceof UpstreamError && error.reason === "status" && [400, 404, 405].includes(error.status ?? 0);
}
