import { and, eq, gt, isNull, lt, sql } from "drizzle-orm";
import { type Adapter, type AdapterPayload, errors } from "oidc-provider";
import { oauthGrants } from "@/db/schema/oauth-grants";
import { oauthRecords } from "@/db/schema/oauth-records";
import { sha256Base64url } from "@/lib/crypto/bytes";
import type { Db } from "@/lib/services/context";

const DAY_MS = 86_400_000;
/** A registered client that nobody allowed anything goes after this time, in ms; one that was used, after the longer one. */
const CLIENT_MS = { unused: 7 * DAY_MS, used: 90 * DAY_MS };
const SWEEP_EVERY_MS = 10 * 60_000;
/** Models whose ids are public; all others' ids open something. */
const PUBLIC_IDS = new Set(["Client", "Grant"]);

export interface RecordPorts {
  db: Db;
  now(): Date;
  /** Ends a grant with everything that hangs on it. */
  endGrant(grantId: string): Promise<void>;
}

/**
 * oidc-provider's storage on `oauth_records`, the same for every node. An id that is a credential (code, refresh token,
 * interaction) is stored as its SHA-256 and taken out of the payload, so a stolen database opens nothing. Sessions are
 * not stored at all: who is asking is decided by the dashboard's sign-in, each time anew.
 */
export function createRecords(ports: RecordPorts): (model: string) => Adapter {
  const sweep = sweeper(ports);
  return (model) => (model === "Session" ? NOTHING : new Records(model, ports, sweep));
}

class Records implements Adapter {
  constructor(
    private readonly model: string,
    private readonly ports: RecordPorts,
    private readonly sweep: () => void,
  ) {}

  async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    const now = this.ports.now();
    const { jti: _, ...kept } = payload;
    const life = expiresIn === undefined ? CLIENT_MS.unused : expiresIn * 1_000;
    const row = {
      payload: kept as Record<string, unknown>,
      grantId: payload.grantId ?? null,
      expiresAt: new Date(now.getTime() + life),
    };
    await this.ports.db
      .insert(oauthRecords)
      .values({ model: this.model, id: await this.stored(id), createdAt: now, ...row })
      .onConflictDoUpdate({ target: [oauthRecords.model, oauthRecords.id], set: row });
    if (this.model === "Grant" || this.model === "RefreshToken") await this.extend(payload, row.expiresAt, now);
    this.sweep();
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    const [row] = await this.ports.db
      .select()
      .from(oauthRecords)
      .where(and(await this.row(id), gt(oauthRecords.expiresAt, this.ports.now())));
    if (!row) return undefined;
    const consumed = row.consumedAt ? { consumed: Math.floor(row.consumedAt.getTime() / 1_000) } : {};
    return { ...row.payload, ...(this.model === "Client" ? {} : { jti: id }), ...consumed };
  }

  /**
   * Exactly one caller gets through. Whoever comes second, even at the same instant, holds a copy: the grant ends
   * (RFC 9700, section 4.14.2).
   * @throws InvalidGrant
   */
  async consume(id: string): Promise<void> {
    const { db, now } = this.ports;
    const row = await this.row(id);
    const set = { consumedAt: now() };
    const [won] = await db
      .update(oauthRecords)
      .set(set)
      .where(and(row, isNull(oauthRecords.consumedAt)))
      .returning();
    if (won) return;
    const [used] = await db.select().from(oauthRecords).where(row);
    if (used?.grantId) await this.ports.endGrant(used.grantId);
    throw new errors.InvalidGrant("already used");
  }

  async destroy(id: string): Promise<void> {
    if (this.model === "Grant") await this.ports.endGrant(id);
    else await this.ports.db.delete(oauthRecords).where(await this.row(id));
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    const rows = and(eq(oauthRecords.model, this.model), eq(oauthRecords.grantId, grantId));
    await this.ports.db.delete(oauthRecords).where(rows);
  }

  findByUid = async () => undefined;
  findByUserCode = async () => undefined;

  private async row(id: string) {
    return and(eq(oauthRecords.model, this.model), eq(oauthRecords.id, await this.stored(id)));
  }

  private async stored(id: string): Promise<string> {
    // A NUL would be an error inside Postgres; no id of ours is so long or odd.
    return PUBLIC_IDS.has(this.model) && /^[\x21-\x7e]{1,2048}$/.test(id) ? id : sha256Base64url(id);
  }

  /** A grant lives while its refresh tokens are renewed, and a registered client while it is used. */
  private async extend(payload: AdapterPayload, until: Date, now: Date): Promise<void> {
    const { db } = this.ports;
    const { grantId, clientId } = payload;
    if (grantId) await db.update(oauthGrants).set({ expiresAt: until }).where(eq(oauthGrants.id, grantId));
    if (!clientId) return;
    await db
      .update(oauthRecords)
      .set({ expiresAt: new Date(now.getTime() + CLIENT_MS.used) })
      .where(and(eq(oauthRecords.model, "Client"), eq(oauthRecords.id, clientId)));
  }
}

const nothing = async () => undefined;
const NOTHING: Adapter = {
  upsert: nothing,
  find: nothing,
  findByUid: nothing,
  findByUserCode: nothing,
  consume: nothing,
  destroy: nothing,
  revokeByGrantId: nothing,
};

/** Deletes what is over, a thousand rows at a time and seldom, on the way of some request; a failure waits for the next. */
function sweeper({ db, now }: RecordPorts): () => void {
  let next = 0;
  return () => {
    const time = now();
    if (time.getTime() < next) return;
    next = time.getTime() + SWEEP_EVERY_MS;
    const over = db
      .select({ model: oauthRecords.model, id: oauthRecords.id })
      .from(oauthRecords)
      .where(lt(oauthRecords.expiresAt, time))
      .limit(1_000);
    const rows = sql`(${oauthRecords.model}, ${oauthRecords.id}) in ${over}`;
    db.delete(oauthRecords)
      .where(rows)
      .then(undefined, () => undefined);
  };
}
