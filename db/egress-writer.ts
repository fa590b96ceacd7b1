import type { EgressRecord } from "@/lib/functions/contract";
import { idFloor, newId } from "@/lib/ids";
import { errorFields, type Log } from "@/lib/log";
import { storableJson } from "./escape";
import type { Query } from "./query";

const BATCH = 100;
const WAIT_MS = 500;
/** Kept while the database is away; beyond that the oldest go, and the log says how many. */
const MOST_WAITING = 5_000;
const RETRY_MS = 5_000;
/** How long records are kept. */
const KEEP_MS = 30 * 24 * 3_600_000;

const INSERT = `
INSERT INTO egress_records (id, workspace_id, server_id, sha256, occurred_at, member_id, call_id, method, host, path, status, verdict, ms)
SELECT "id", "ws", "ins", "dep", to_timestamp("at" / 1000), "user", "call", "method", "host", "path", "status", "verdict", "ms"
FROM json_to_recordset($1::json) AS r("id" text, "ws" text, "ins" text, "dep" text, "at" float8, "user" text, "call" text,
  "method" text, "host" text, "path" text, "status" int, "verdict" text, "ms" float8) ON CONFLICT DO NOTHING`;

/** Takes records of outbound requests without making anybody wait. */
export interface EgressWriter {
  record(record: EgressRecord): void;
  /** Writes what waits; for shutdown and tests. Never rejects. */
  flush(): Promise<void>;
}

/** Writes records at most half a second later, a hundred at once. What the database refuses is tried again. */
export function createEgressWriter(query: Query, log: Log): EgressWriter {
  let waiting: object[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | null = null;

  function later(ms: number): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      void write();
    }, ms);
  }

  function write(): Promise<void> {
    running ??= drain().finally(() => {
      running = null;
      if (waiting.length > 0) later(RETRY_MS);
    });
    return running;
  }

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, BATCH);
      try {
        await query(INSERT, [storableJson(batch)]);
      } catch (error) {
        log.warn("egress.unrecorded", { waiting: waiting.length, ...errorFields(error) });
        return;
      }
      const written = new Set(batch);
      waiting = waiting.filter((one) => !written.has(one));
    }
  }

  return {
    record({ call, ...record }) {
      // Only a call has a row to point at; a session's start and a trial have none.
      const row = { ...record, id: newId("egress", record.at), call: call?.startsWith("call_") ? call : null };
      waiting.push(row);
      if (waiting.length > MOST_WAITING) {
        log.error("egress.dropped", { records: waiting.length - MOST_WAITING });
        waiting = waiting.slice(-MOST_WAITING);
      }
      if (waiting.length >= BATCH && timer !== undefined) {
        clearTimeout(timer);
        timer = undefined;
        void write();
      } else later(WAIT_MS);
    },
    async flush() {
      clearTimeout(timer);
      timer = undefined;
      await running;
      await write();
      clearTimeout(timer);
      timer = undefined;
    },
  };
}

/** Removes records older than 30 days. @param now ms UTC @returns how many */
export async function sweepEgress(query: Query, now: number): Promise<number> {
  const rows = await query<{ id: string }>("DELETE FROM egress_records WHERE id < $1 RETURNING id", [
    idFloor("egress", now - KEEP_MS),
  ]);
  return rows.length;
}
