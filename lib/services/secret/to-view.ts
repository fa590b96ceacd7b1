import type { SecretMode } from "@/db/schema/servers";
import { shownOrigin } from "@/lib/functions/secret-origin";
import { iso, isoOrNull } from "@/lib/services/fields";
import type { ServerRow } from "@/lib/services/server/find";
import { secretMode } from "@/lib/services/server/needed-secrets";
import { originFor, type SecretNeed } from "@/lib/services/server/secret-needs";
import type { SecretRow } from "./store";
import type { ConnectionView, SecretView, ServerRef, StoredView } from "./view";

const originOf = (server: ServerRow): string => new URL(server.url).origin;

/** Row to view: the sealed text stays behind like the value in it. @param origin what a usable value is sealed to */
export const toStoredView = (row: SecretRow, origin: string): StoredView => ({
  version: row.version,
  origin: shownOrigin(row.origin),
  usable: row.origin === origin,
  createdAt: iso(row.createdAt),
  updatedAt: iso(row.updatedAt),
  lastUsedAt: isoOrNull(row.lastUsedAt),
});

/** @see toStoredView; with the name and the headers that use it. */
export const toSecretView = (row: SecretRow, server: ServerRow, needs: SecretNeed[]): SecretView => ({
  name: row.name,
  ...toStoredView(row, originFor(server, needs, row.name)),
  headers: needs.find((need) => need.name === row.name)?.headers ?? [],
});

/** The server as secret lists name it: no path of its URL, which may hold a credential. */
export const toServerRef = (server: ServerRow): ServerRef => ({
  id: server.id,
  slug: server.slug,
  name: server.name,
  kind: server.kind,
  origin: originOf(server),
  enabled: server.enabled,
});

/** One connection of a member. @param rows the stored values of that name: the shared one and the member's own */
export function toConnectionView(server: ServerRow, name: string, rows: SecretRow[]): ConnectionView {
  const mode = secretMode(server, name);
  const own = rows.find((row) => row.memberId !== null);
  const shared = rows.some((row) => row.memberId === null && row.origin === originOf(server));
  const stored = own ? toStoredView(own, originOf(server)) : null;
  return { server: toServerRef(server), name, mode, state: stateOf(mode, stored, shared), own: stored };
}

function stateOf(mode: SecretMode, own: StoredView | null, shared: boolean): ConnectionView["state"] {
  if (mode === "shared") return "unused";
  if (own?.usable) return "set";
  if (mode === "member_or_shared" && shared) return "shared";
  return own ? "outdated" : "missing";
}
