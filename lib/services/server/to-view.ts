import { allows } from "@/lib/access/permissions";
import type { WorkspaceCtx } from "@/lib/services/context";
import { iso, isoOrNull } from "@/lib/services/fields";
import type { ServerRow } from "./find";
import { iconOf } from "./icon-of";
import type { ServerView } from "./view";

/** Row and counts to view. Who does not manage servers sees only the origin of the URL: its path may hold a credential. */
export function toServerView(
  ctx: WorkspaceCtx,
  row: ServerRow,
  more: { missingSecrets: string[]; tools: { total: number; enabled: number } },
): ServerView {
  const admin = allows(ctx.role, "server.manage");
  const waiting = more.missingSecrets.length > 0;
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    kind: row.kind,
    // A function has no address that anybody could use.
    url: row.kind === "hosted" ? "" : admin ? row.url : new URL(row.url).origin,
    transport: row.transport,
    enabled: row.enabled,
    status: !row.enabled ? "off" : waiting ? "needs_secret" : row.problem ? "problem" : "up",
    problem: row.problem,
    missingSecrets: admin ? more.missingSecrets : [],
    tools: more.tools,
    protocolVersion: row.protocolVersion,
    serverName: row.serverName,
    serverVersion: row.serverVersion,
    probedAt: isoOrNull(row.probedAt),
    createdAt: iso(row.createdAt),
    listing: row.listing,
    icon: iconOf(ctx, row.listing),
  };
}
