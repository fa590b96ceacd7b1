import { ISSUER_PATH, metadataUrlOf, resourceOf, SCOPE } from "@/lib/access/access-token";
import { isWorkspaceSlug } from "@/lib/slug";

/** The slug in a workspace's resource identifier (RFC 8707), or null where it names no workspace of this origin. Exact: no other spelling is a resource. */
export function slugOf(origin: string, resource: string): string | null {
  const slug = /\/ws\/([a-z0-9-]{2,40})\/mcp$/.exec(resource)?.[1];
  return slug !== undefined && isWorkspaceSlug(slug) && resource === resourceOf(origin, slug) ? slug : null;
}

/**
 * Protected resource metadata (RFC 9728) of a workspace. The same for every slug a workspace could have, whether there
 * is one or not: it holds nothing of the workspace, so it needs no look into the database and cannot be used to find out
 * which exist. Null for what cannot be a slug.
 */
export function resourceMetadata(origin: string, slug: string): Record<string, unknown> | null {
  if (!isWorkspaceSlug(slug)) return null;
  return {
    resource: resourceOf(origin, slug),
    authorization_servers: [origin + ISSUER_PATH],
    scopes_supported: [SCOPE],
    bearer_methods_supported: ["header"],
    resource_name: `Aerostack workspace ${slug}`,
  };
}

/** Path of that metadata with the slug to be filled in, for matching. */
export const RESOURCE_METADATA_PATH = new RegExp(`^${metadataUrlOf("", "([a-z0-9-]+)").replaceAll(".", "\\.")}$`);
