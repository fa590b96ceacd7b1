import type { UpstreamServer } from "./ports";
import type { View } from "./scope";

type Seen = Pick<View, "workspace" | "only">;

/** URIs of MCP Apps: clients compare them with what tools name, so they stay as they are. */
const RAW = "ui://";
const EXPOSED = /^([a-z][a-z0-9-]{0,15})\+(?=.)/;

/**
 * A resource's URI (or URI template) as clients of this view know it: `<server>+<uri>`, so that no two servers' resources
 * fall together and each finds its way back. On a single-server endpoint, and for `ui://`, the server's own.
 */
export const exposeUri = ({ only }: Pick<View, "only">, server: UpstreamServer, uri: string): string =>
  only || uri.startsWith(RAW) ? uri : `${server.slug}+${uri}`;

/** Takes an exposed URI apart; null where it begins with no server of the view. `ui://` needs its owner looked up. */
export function splitUri({ workspace, only }: Seen, uri: string): { server: UpstreamServer; uri: string } | null {
  if (only) return { server: only, uri };
  const slug = EXPOSED.exec(uri)?.[1];
  const server = slug && workspace.servers.find((candidate) => candidate.slug === slug);
  return server ? { server, uri: uri.slice(slug.length + 1) } : null;
}

/**
 * Whether a URI may come from a URI template (RFC 6570): its literal parts stand in it in order, its ends at the ends.
 * Generous, since it only finds an owner; linear in the URI, whatever the template.
 */
export function fitsTemplate(template: string, uri: string): boolean {
  const parts = template.split(/\{[^{}]*\}/);
  const [first = "", ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) return template === uri;
  if (!uri.startsWith(first) || !uri.endsWith(last) || uri.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of rest) {
    const found = uri.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= uri.length - last.length;
}
