import { isWorkspaceSlug, SERVER_SLUG } from "@/lib/slug";

/** Where a request is addressed. */
export interface Endpoint {
  slug: string;
  /**
   * `sse` is the brief's URL, `mcp` the same workspace under the name that newer clients expect, `server` one of its
   * servers under that server's own names. All speak every era.
   */
  name: "sse" | "mcp" | "server";
  /** Slug of the one server; null: all of them. */
  server: string | null;
  pathname: string;
}

const SHAPE = /^\/ws\/([a-z0-9-]{2,40})\/(?:(sse|mcp)|s\/([a-z0-9-]{1,16})\/mcp)$/;

/**
 * Reads slug and endpoint from the raw pathname, the only source that `?nxtPslug=` cannot override on the edge lane.
 * Percent-encoding, odd case, dots and reserved words fit no endpoint. Null: answer 404.
 */
export function endpointOf(pathname: string): Endpoint | null {
  const [, slug, name, server] = SHAPE.exec(pathname) ?? [];
  if (!slug || !isWorkspaceSlug(slug)) return null;
  if (server === undefined) return { slug, name: name as "sse" | "mcp", server: null, pathname };
  return SERVER_SLUG.test(server) ? { slug, name: "server", server, pathname } : null;
}
