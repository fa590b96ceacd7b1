import { parseCallContext } from "@/lib/functions/deployment-id";
import { failed } from "@/lib/functions/failure";
import type { Runtime } from "@/lib/functions/runtime/runtime";
import { wrapFetched } from "@/lib/mcp/fetch-transport";
import { UpstreamError, type UpstreamTransport } from "@/lib/mcp/transport";

/**
 * What the runtime's front answers, without the way over HTTP, which costs more than all else of a warm call. Whoever asks
 * goes on as soon as they cancel; the runtime ends the call by itself.
 */
export const inProcessTransport =
  (runtime: Pick<Runtime, "call">): UpstreamTransport =>
  async ({ method, headers, body, signal }) => {
    const context = parseCallContext(headers["x-rt-ctx"]);
    const request = new Request("http://runtime/mcp", { method, headers, body, signal });
    const answer = context ? runtime.call(context, request) : Promise.resolve(failed("bad_request"));
    return wrapFetched(await (signal ? Promise.race([answer, cancelled(signal)]) : answer));
  };

function cancelled(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const end = () => reject(new UpstreamError("aborted", "The request was cancelled"));
    if (signal.aborted) end();
    else signal.addEventListener("abort", end, { once: true });
  });
}
