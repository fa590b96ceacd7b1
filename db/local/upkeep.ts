import { ClientState } from "./client-state";
import { Parser, serialize } from "./protocol";
import type { EmbeddedSession } from "./session";

const LOOK_MS = 15_000;
/** Written log after which a checkpoint is due: it bounds disk and the time that a start after a crash takes. */
const CHECKPOINT_BYTES = 32 << 20;
/** Written log after which dead rows are swept and statistics renewed. */
const VACUUM_BYTES = 128 << 20;

/**
 * Does what Postgres leaves to background processes, which the embedded engine has none of: checkpoints, vacuum and
 * statistics. Works only when nobody uses the session; a tenth of a second at a time, as a rule.
 * @returns how to stop it
 */
export function startUpkeep(session: EmbeddedSession): () => void {
  const since = { checkpoint: written(session), vacuum: 0 };
  const timer = setInterval(async () => {
    if (session.waiting > 0) return;
    const end = await session.acquire(new ClientState());
    const now = written(session);
    if (now - since.checkpoint > CHECKPOINT_BYTES) {
      session.exec(serialize.query("CHECKPOINT"));
      since.checkpoint = now;
    }
    if (now - since.vacuum > VACUUM_BYTES) {
      session.exec(serialize.query("VACUUM (ANALYZE)"));
      since.vacuum = now;
    }
    end();
  }, LOOK_MS).unref();
  return () => clearInterval(timer);
}

/** Bytes of log written since the database was made. */
function written(session: EmbeddedSession): number {
  let bytes = 0;
  new Parser().parse(session.exec(serialize.query("SELECT (pg_current_wal_insert_lsn() - '0/0')::text")), (message) => {
    if (message.name === "dataRow") bytes = Number((message as unknown as { fields: string[] }).fields[0]);
  });
  return bytes;
}
