import { AppError } from "@/lib/errors";
import type { OpenapiImported } from "@/lib/functions/engine";
import { UpstreamError } from "@/lib/mcp/transport";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { checkServerUrl } from "@/lib/services/server/check-url";
import { requireCompiler } from "./engine";
import { ReadOpenapiInput } from "./schemas";
import type { OpenapiView } from "./view";

const FETCH_MS = 15_000;
const DOCUMENT_BYTES = 16 << 20;

/**
 * Reads an OpenAPI document and says what a function of it would be; nothing is saved.
 * @throws AppError `forbidden`, `invalid` (field `document` or `url`), `upstream_failed`, `unavailable`
 */
export async function readOpenapi(ctx: WorkspaceCtx, input: ReadOpenapiInput): Promise<OpenapiView> {
  requirePermission(ctx, "function.manage");
  return importDocument(ctx, parse(ReadOpenapiInput, input));
}

/** The same without the checks, for verbs that made them. @param choice parsed */
export async function importDocument(ctx: WorkspaceCtx, choice: ReadOpenapiInput): Promise<OpenapiImported> {
  const { document, url, ...options } = choice;
  if ((document === undefined) === (url === undefined))
    throw new AppError("invalid", "Give the document's text or its URL, one of both.", { field: "document" });
  const engine = requireCompiler(ctx);
  const text = document ?? (await fetchDocument(ctx, url ?? ""));
  const outcome = await engine.openapi(text, options);
  if (outcome.ok) return outcome.imported;
  throw new AppError("invalid", outcome.message, { field: url === undefined ? "document" : "url" });
}

/** Fetched like any server's address: no private network, no redirect, bounded. */
async function fetchDocument(ctx: WorkspaceCtx, url: string): Promise<string> {
  const { href } = await checkServerUrl(ctx, url);
  const headers = { accept: "application/json, application/yaml, text/yaml, */*;q=0.5" };
  try {
    const response = await ctx.transport({ method: "GET", url: href, headers, signal: AbortSignal.timeout(FETCH_MS) });
    if (response.status === 200) return await response.text(DOCUMENT_BYTES);
    response.discard();
    throw new AppError(
      "upstream_failed",
      `The address answered HTTP ${response.status}. Give the document's own URL.`,
      {
        field: "url",
      },
    );
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    throw new AppError("upstream_failed", `The document could not be fetched: ${error.message}.`, { field: "url" });
  }
}
