import { and, eq, inArray, or, sql } from "drizzle-orm";
import { deployments, functions } from "@/db/schema/functions";
import type { SecretMode } from "@/db/schema/servers";
import type { Manifest } from "@/lib/functions/manifest";
import { secretOrigin } from "@/lib/functions/secret-origin";
import type { Db, WorkspaceCtx } from "@/lib/services/context";
import type { ServerRow } from "./find";
import { neededSecrets, secretMode } from "./needed-secrets";

/** One secret that a server asks for. */
export interface SecretNeed {
  name: string;
  /** What a value must be sealed to in order to be used. */
  origin: string;
  /** Where it is put: names of headers, or the places of a function's secret. */
  headers: string[];
  /** Only a staged deployment asks for it so far: calls do not wait for it. */
  later: boolean;
}

/** Manifests of a function: of what answers, and of the newest deployment. */
export interface Manifests {
  active: Manifest | null;
  newest: Manifest | null;
}

/** Manifests of hosted servers by server id; a server without a deployment is not in it. */
export async function readManifests(db: Db, ctx: WorkspaceCtx, serverIds: string[]): Promise<Map<string, Manifests>> {
  const found = new Map<string, Manifests>();
  if (serverIds.length === 0) return found;
  const newest = sql`${deployments.version} = (select max(d.version) from ${deployments} d where d.function_id = ${functions.id})`;
  const rows = await db
    .select({
      serverId: functions.serverId,
      manifest: deployments.manifest,
      active: sql<boolean>`${deployments.id} is not distinct from ${functions.activeDeploymentId}`,
      newest: sql<boolean>`${newest}`,
    })
    .from(functions)
    .innerJoin(deployments, eq(deployments.functionId, functions.id))
    .where(
      and(
        eq(functions.workspaceId, ctx.workspace.id),
        inArray(functions.serverId, serverIds),
        or(eq(deployments.id, functions.activeDeploymentId), newest),
      ),
    );
  for (const row of rows) {
    const both = found.get(row.serverId) ?? { active: null, newest: null };
    if (row.active) both.active = row.manifest;
    if (row.newest) both.newest = row.manifest;
    found.set(row.serverId, both);
  }
  return found;
}

/** What a manifest asks for. */
export const manifestNeeds = (manifest: Manifest | null, later = false): SecretNeed[] =>
  Object.entries(manifest?.secrets ?? {}).map(([name, rule]) => ({
    name,
    origin: secretOrigin(rule),
    headers: (rule.in ?? ["header:authorization"]).map((place) => place.replace(/^header:/, "")),
    later,
  }));

/** What each server asks for: a proxied one by its headers, a hosted one by its deployments. One query, none without a hosted one. */
export async function readNeeds(db: Db, ctx: WorkspaceCtx, servers: ServerRow[]): Promise<Map<string, SecretNeed[]>> {
  const hosted = servers.filter(({ kind }) => kind === "hosted").map(({ id }) => id);
  const manifests = await readManifests(db, ctx, hosted);
  return new Map(
    servers.map((server) => [
      server.id,
      server.kind === "hosted" ? hostedNeeds(manifests.get(server.id)) : proxyNeeds(server),
    ]),
  );
}

/** What one server asks for. */
export const readNeedsOf = async (db: Db, ctx: WorkspaceCtx, server: ServerRow): Promise<SecretNeed[]> =>
  (await readNeeds(db, ctx, [server])).get(server.id) ?? [];

function hostedNeeds(manifests: Manifests | undefined): SecretNeed[] {
  const now = manifestNeeds(manifests?.active ?? null);
  const later = manifestNeeds(manifests?.newest ?? null, true);
  return [...now, ...later.filter(({ name }) => !now.some((need) => need.name === name))];
}

function proxyNeeds({ url, headers }: Pick<ServerRow, "url" | "headers">): SecretNeed[] {
  const { origin } = new URL(url);
  return neededSecrets(headers).map((name) => ({
    name,
    origin,
    headers: headers.filter((header) => neededSecrets([header]).includes(name)).map((header) => header.name),
    later: false,
  }));
}

/** What a value of that name must be sealed to; where nothing asks for it, what the server's own address says. */
export const originFor = (server: ServerRow, needs: SecretNeed[], name: string): string =>
  needs.find((need) => need.name === name)?.origin ?? new URL(server.url).origin;

/**
 * The needs that wait for an admin: shared, with no value for where it is to go (never set, or set for where that was
 * before). Names that members fill are not among them.
 */
export function missingSecrets(
  server: { secretModes: Record<string, SecretMode> },
  needs: SecretNeed[],
  stored: { name: string; origin: string; memberId: string | null }[],
): string[] {
  return needs
    .filter(
      ({ name, origin, later }) =>
        !later &&
        secretMode(server, name) === "shared" &&
        !stored.some((secret) => secret.name === name && secret.origin === origin && secret.memberId === null),
    )
    .map(({ name }) => name);
}
