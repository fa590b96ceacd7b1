import { UpstreamError, type UpstreamTransport } from "./transport";
import { openUpstream, type UpstreamKind, type UpstreamSession, type UpstreamTarget } from "./upstream";

/** An open session, and the transport over which it was found. */
export type DetectedSession = UpstreamSession & { readonly transport: UpstreamKind };

/** Statuses by which a server says that POST is not what its URL takes. */
const NOT_STREAMABLE = [400, 404, 405, 406, 415, 501];

/**
 * Finds out which transport a URL speaks and opens a session over it: Streamable HTTP first, then the older HTTP+SSE.
 * @param deadlineMs for both attempts together
 * @throws UpstreamError of the first attempt when both fail
 */
export async function detectTransport(
  transport: UpstreamTransport,
  url: string,
  headers: UpstreamTarget["headers"],
  deadlineMs: number,
): Promise<DetectedSession> {
  const startedAt = performance.now();
  const attempt = async (kind: UpstreamKind, ms: number) => {
    const session = await openUpstream(transport, { url, transport: kind, headers }, { deadlineMs: ms });
    return Object.assign(session, { transport: kind });
  };
  try {
    return await attempt("streamable-http", deadlineMs);
  } catch (error) {
    const other =
      error instanceof UpstreamError && error.reason === "status" && NOT_STREAMABLE.includes(error.status ?? 0);
    const left = deadlineMs - (performance.now() - startedAt);
    if (!other || left <= 0) throw error;
    return attempt("sse", left).catch(() => {
      throw error;
    });
  }
}
