import { and, eq } from "drizzle-orm";
import { secrets } from "@/db/schema/secrets";
import { openSecret, sealSecret } from "@/lib/crypto/secret";
import { newId } from "@/lib/ids";
import { audit } from "@/lib/services/audit/record";
import type { Db, WorkspaceCtx } from "@/lib/services/context";
import type { ServerRow } from "@/lib/services/server/find";
import { currentDataKey, dataKeyById } from "./data-key";

export type SecretRow = typeof secrets.$inferSelect;

/**
 * Seals a checked value for one server and writes it, replacing what was there. Bound to the server's origin of now.
 * The workspace must be locked (touched) by the same transaction.
 */
export async function storeSecret(
  tx: Db,
  ctx: WorkspaceCtx,
  server: ServerRow,
  name: string,
  value: string,
): Promise<SecretRow> {
  const workspaceId = ctx.workspace.id;
  const [old] = await tx
    .select()
    .from(secrets)
    .where(and(eq(secrets.serverId, server.id), eq(secrets.name, name)));
  const dataKey = await currentDataKey(tx, ctx);
  const version = (old?.version ?? 0) + 1;
  const origin = new URL(server.url).origin;
  const now = ctx.now();
  const sealed = await sealSecret(dataKey.key, value, { workspaceId, serverId: server.id, origin, name, version });
  const fresh = { version, origin, sealed, dataKeyId: dataKey.id, updatedAt: now };
  const id = old?.id ?? newId("secret", now.getTime());
  const [row] = await tx
    .insert(secrets)
    .values({ id, workspaceId, serverId: server.id, name, createdAt: now, ...fresh })
    .onConflictDoUpdate({ target: [secrets.serverId, secrets.name], set: fresh })
    .returning();
  if (!row) throw new Error("an upsert answers its row");
  const target = { type: "secret", id: row.id, name: `${server.slug}/${name}` };
  await audit(tx, ctx, old ? "secret.replace" : "secret.set", target, { after: { version, origin } });
  return row;
}

/** What is stored for one server, without opening anything. */
export async function readSecrets(db: Db, ctx: WorkspaceCtx, serverId: string): Promise<SecretRow[]> {
  return db
    .select()
    .from(secrets)
    .where(and(eq(secrets.workspaceId, ctx.workspace.id), eq(secrets.serverId, serverId)))
    .orderBy(secrets.name);
}

/** Opens the secrets that are bound to `origin`, for a test of the server. The values never leave the process but to that origin. */
export async function openSecrets(ctx: WorkspaceCtx, serverId: string, origin: string): Promise<Map<string, string>> {
  const values = new Map<string, string>();
  for (const row of await readSecrets(ctx.db, ctx, serverId)) {
    if (row.origin !== origin) continue;
    const key = await dataKeyById(ctx.db, ctx, row.dataKeyId);
    const { name, version } = row;
    values.set(
      name,
      await openSecret(key, row.sealed, { workspaceId: ctx.workspace.id, serverId, origin, name, version }),
    );
  }
  return values;
}
