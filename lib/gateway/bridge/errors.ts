import { RPC } from "@/lib/mcp/protocol";
import type { ServerRequest } from "@/lib/mcp/upstream";
import { type Answer, failure } from "../answer";

/** An older server wants the user to open pages before it answers (2025-11-25, `URLElicitationRequiredError`). */
export interface UrlsRequired {
  requests: { key: string; request: ServerRequest }[];
}

interface RpcErrorBody {
  code?: unknown;
  message?: unknown;
  data?: unknown;
}

/**
 * An older server's error for a modern client: a missing resource is `-32602` since 2026-07-28; a page to open is no
 * error any more but a question, or `-32021` where the client cannot be asked that; the rest goes as it is.
 * @param canOpenUrls whether the client declared elicitation by URL
 */
export function translateError(json: string, canOpenUrls: boolean): Answer | UrlsRequired {
  const { code, message, data } = JSON.parse(json) as RpcErrorBody;
  if (code === RPC.resourceNotFound) return failure(RPC.invalidParams, String(message ?? "Resource not found"), data);
  if (code !== RPC.urlElicitationRequired) return { kind: "error", json };
  if (!canOpenUrls) {
    const requiredCapabilities = { elicitation: { url: {} } };
    return failure(RPC.missingCapability, "The server needs elicitation by URL.", { requiredCapabilities });
  }
  const requests = urlsIn(data).map((params, i) => ({
    key: `url-${i + 1}`,
    request: { method: "elicitation/create", params: JSON.stringify(params) },
  }));
  return requests.length > 0 ? { requests } : failure(RPC.internalError, String(message ?? "The server failed"));
}

function urlsIn(data: unknown): { mode: "url"; message: string; url: string }[] {
  const list = typeof data === "object" && data !== null ? (data as { elicitations?: unknown }).elicitations : null;
  if (!Array.isArray(list)) return [];
  return list.flatMap((one: unknown) => {
    const { message, url } = (typeof one === "object" && one !== null ? one : {}) as {
      message?: unknown;
      url?: unknown;
    };
    return typeof url === "string" ? [{ mode: "url" as const, message: String(message ?? ""), url }] : [];
  });
}
