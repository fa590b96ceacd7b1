import { isWorkspaceSlug } from "@/lib/slug";

/** Where a request is addressed. */
export interface Endpoint {
  slug: string;
  /** `sse` is the brief's URL, `mcp` the same workspace under the name that newer clients expect; both speak every era. */
  name: "sse" | "mcp";
  pathname: string;
}

const SHAPE = /^\/ws\/([a-z0-9-]{2,40})\/(sse|mcp)$/;

/**
 * Reads slug and endpoint from the raw pathname, the only source that `?nxtPslug=` cannot override on the edge lane.
 * Percent-encoding, odd case, dots and reserved words fit no endpoint. Null: answer 404.
 */
export function endpointOf(pathname: string): Endpoint | null {
  const match = SHAPE.exec(pathname);
  if (!match?.[1]) return null;
  return isWorkspaceSlug(match[1]) ? { slug: match[1], name: match[2] as "sse" | "mcp", pathname } : null;
}
