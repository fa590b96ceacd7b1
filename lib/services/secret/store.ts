import { and, eq, isNull, or, type SQL } from "drizzle-orm";
import { secrets } from "@/db/schema/secrets";
import { openSecret, type SecretBinding, sealSecret } from "@/lib/crypto/secret";
import { newId } from "@/lib/ids";
import { audit } from "@/lib/services/audit/record";
import type { Db, WorkspaceCtx } from "@/lib/services/context";
import type { ServerRow } from "@/lib/services/server/find";
import { secretMode } from "@/lib/services/server/needed-secrets";
import { currentDataKey, dataKeyById } from "./data-key";

export type SecretRow = typeof secrets.$inferSelect;

/** A checked value on its way into the vault. */
export interface NewSecret {
  name: string;
  value: string;
  /** Whose own value it is; null: the workspace's. */
  memberId: string | null;
  /** What it is sealed to; the origin of the server's URL where absent. */
  origin?: string;
  /** More for the audit row, e.g. that a failed test was overruled. Nothing of the value. */
  facts?: Record<string, unknown>;
}

/** What a row is sealed to. A row that was moved, swapped or rolled back names another binding and does not open. */
export const bindingOf = (row: SecretRow): SecretBinding => ({
  workspaceId: row.workspaceId,
  serverId: row.serverId,
  origin: row.origin,
  name: row.name,
  version: row.version,
  memberId: row.memberId,
});

/**
 * Seals a checked value for one server and writes it, replacing what was there.
 * The workspace must be locked (touched) by the same transaction.
 */
export async function storeSecret(tx: Db, ctx: WorkspaceCtx, server: ServerRow, secret: NewSecret): Promise<SecretRow> {
  const { name, value, memberId, facts } = secret;
  const workspaceId = ctx.workspace.id;
  const [old] = await tx
    .select()
    .from(secrets)
    .where(and(eq(secrets.serverId, server.id), eq(secrets.name, name), ownedBy(memberId)));
  const dataKey = await currentDataKey(tx, ctx);
  const version = (old?.version ?? 0) + 1;
  const origin = secret.origin ?? new URL(server.url).origin;
  const now = ctx.now();
  const binding = { workspaceId, serverId: server.id, origin, name, version, memberId };
  const sealed = await sealSecret(dataKey.key, value, binding);
  const fresh = { version, origin, sealed, dataKeyId: dataKey.id, updatedAt: now };
  const id = old?.id ?? newId("secret", now.getTime());
  const [row] = await tx
    .insert(secrets)
    .values({ id, workspaceId, serverId: server.id, name, memberId, createdAt: now, ...fresh })
    .onConflictDoUpdate({ target: [secrets.serverId, secrets.name, secrets.memberId], set: fresh })
    .returning();
  if (!row) throw new Error("an upsert answers its row");
  const target = { type: "secret", id: row.id, name: `${server.slug}/${name}` };
  const after = { version, origin, ...(memberId && { own: true }), ...facts };
  await audit(tx, ctx, old ? "secret.replace" : "secret.set", target, { after });
  return row;
}

const ownedBy = (memberId: string | null): SQL =>
  memberId === null ? isNull(secrets.memberId) : eq(secrets.memberId, memberId);

/** What is stored for one server, everybody's, without opening anything. */
export async function readSecrets(db: Db, ctx: WorkspaceCtx, serverId: string): Promise<SecretRow[]> {
  return db
    .select()
    .from(secrets)
    .where(and(eq(secrets.workspaceId, ctx.workspace.id), eq(secrets.serverId, serverId)))
    .orderBy(secrets.name);
}

/**
 * Opens, for a test of the server, the values that the acting member's own calls would use: shared ones, or their own
 * where the server asks each member for theirs. Only those bound to `origin`, and they never leave but to it.
 */
export async function openSecrets(ctx: WorkspaceCtx, server: ServerRow, origin: string): Promise<Map<string, string>> {
  const rows = await ctx.db
    .select()
    .from(secrets)
    .where(
      and(
        eq(secrets.workspaceId, ctx.workspace.id),
        eq(secrets.serverId, server.id),
        eq(secrets.origin, origin),
        or(ownedBy(null), ownedBy(ctx.memberId)),
      ),
    );
  const values = new Map<string, string>();
  for (const row of rows) {
    const mode = secretMode(server, row.name);
    const ownIsThere = rows.some((other) => other.name === row.name && other.memberId !== null);
    const wanted = row.memberId !== null ? mode !== "shared" : mode === "shared" || (mode !== "member" && !ownIsThere);
    if (!wanted) continue;
    const key = await dataKeyById(ctx.db, ctx, row.dataKeyId);
    values.set(row.name, await openSecret(key, row.sealed, bindingOf(row)));
  }
  return values;
}
