import type { CallContext } from "@/lib/functions/contract";
import { FAILURE_HEADER, FAILURES, type Failure } from "@/lib/functions/failure";
import { LIMITS } from "@/lib/limits";
import { UpstreamError, type UpstreamTransport } from "@/lib/mcp/transport";
import type { FunctionsPort, UpstreamServer } from "./ports";

/** Before our own deadline, so that the runtime says why there is no answer. */
const TIMEOUT_MS = LIMITS.callMs - 1_000;

/** A hosted function gave no answer of its own; `failure` says why. */
export class FunctionFailure extends UpstreamError {
  constructor(
    readonly failure: Failure,
    status: number = FAILURES[failure][0],
  ) {
    super("status", FAILURES[failure][1], status);
  }
}

const isFailure = (code: string): code is Failure => Object.hasOwn(FAILURES, code);

/** The runtime's one address; the made-up URL of a hosted server's row is never used. */
export const runtimeUrl = (port: FunctionsPort): string => `${port.url}/mcp`;

/**
 * Dials the runtime's front and nothing else, with the key that opens it; a refusal of the runtime is thrown as what it
 * is. @throws FunctionFailure, UpstreamError
 */
export function functionTransport(port: FunctionsPort): UpstreamTransport {
  const url = runtimeUrl(port);
  return async (request) => {
    if (request.url !== url) throw new UpstreamError("refused_address", "Functions are reached at the runtime only");
    const response = await port.transport({ ...request, headers: { ...request.headers, "x-rt-key": port.key } });
    const failure = response.header(FAILURE_HEADER);
    if (failure === null) return response;
    response.discard();
    throw new FunctionFailure(isFailure(failure) ? failure : "server_error", response.status);
  };
}

/**
 * Tells the runtime whose call this is; none for other servers, where headers come from templates.
 * @param asker `call` is the call's id, or a word where there is none; `memberId` null: nobody calls
 */
export function contextHeaders(
  { id, hosted }: UpstreamServer,
  workspaceId: string,
  asker: { call: string; memberId: string | null },
): Record<string, string> {
  if (!hosted) return {};
  const { call, memberId } = asker;
  const context: CallContext = { ws: workspaceId, ins: id, ...hosted, call, timeoutMs: TIMEOUT_MS };
  return { "x-rt-ctx": JSON.stringify(memberId === null ? context : { ...context, user: memberId }) };
}
