import { iso } from "@/lib/services/fields";
import type { ServerRow } from "@/lib/services/server/find";
import { neededSecrets } from "@/lib/services/server/needed-secrets";
import type { SecretRow } from "./store";
import type { SecretView } from "./view";

/** Row to view: the sealed text stays behind like the value in it. */
export function toSecretView(row: SecretRow, server: ServerRow): SecretView {
  return {
    name: row.name,
    version: row.version,
    origin: row.origin,
    usable: row.origin === new URL(server.url).origin,
    headers: server.headers.filter((header) => neededSecrets([header]).includes(row.name)).map((header) => header.name),
    createdAt: iso(row.createdAt),
    updatedAt: iso(row.updatedAt),
  };
}
