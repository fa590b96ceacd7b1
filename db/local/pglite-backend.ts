import { PGlite } from "@electric-sql/pglite";
import type { Backend, SqlField, SqlResult, WireClient, WirePeer } from "./backend";
import { ClientState } from "./client-state";
import { EmbeddedWireClient } from "./pglite-wire";
import { backendMessage, Parser, readyMessage, serialize } from "./protocol";
import { EmbeddedSession } from "./session";
import { StatementCache } from "./statement-cache";
import { startUpkeep } from "./upkeep";

/** Written at each start. 16 MB of buffers instead of 128 save about 100 MB of memory; the rest bounds the log on disk. */
const CONFIG = ["shared_buffers=16MB", "min_wal_size=32MB", "timezone='UTC'", "log_timezone='UTC'"];
/** What a client expects to be told once it is connected. */
const PARAMETERS = {
  server_version: "18.6",
  server_encoding: "UTF8",
  client_encoding: "UTF8",
  DateStyle: "ISO, MDY",
  TimeZone: "UTC",
  integer_datetimes: "on",
  standard_conforming_strings: "on",
};

/** Opens (or makes) the engine's files. The caller holds the directory's lock. */
export const openEngine = (dataDir: string): Promise<PGlite> =>
  PGlite.create(dataDir, { postgresqlconf: CONFIG, relaxedDurability: false });

/**
 * The embedded database.
 * @param idleMs how long an open transaction may wait for its client before it is cut off
 * @param onFatal the engine broke: the process must end without touching the files again
 */
export async function openEmbedded(dataDir: string, idleMs: number, onFatal: () => void): Promise<Backend> {
  const engine = await openEngine(dataDir);
  const session = new EmbeddedSession(engine, onFatal);
  const stopUpkeep = startUpkeep(session);
  const cache = new StatementCache(session);
  let closing = false;

  function execute(text: string, params: (string | null)[], state: ClientState): SqlResult {
    session.suspect(state, text);
    try {
      return read(cache.run(text, params));
    } catch (error) {
      cache.failed(text);
      throw error;
    }
  }

  return {
    async run(statements, begin) {
      const state = new ClientState();
      const end = await session.acquire(state);
      try {
        if (closing) throw new Error("The database is closing");
        const work = () => statements.map(({ text, params }) => execute(text, params, state));
        return begin === null ? work() : inTransaction(session, begin, work);
      } finally {
        session.forget(state);
        end();
      }
    },
    async connect(_startup, peer: WirePeer): Promise<WireClient> {
      const parameters = Object.entries(PARAMETERS).map(([name, value]) => backendMessage("S", name, value));
      peer.send(Buffer.concat([backendMessage("R", 0), ...parameters, backendMessage("K", 0, 0), readyMessage("I")]));
      return new EmbeddedWireClient(session, peer, idleMs);
    },
    async close() {
      if (closing) return;
      closing = true;
      stopUpkeep();
      await session.acquire(new ClientState());
      await engine.close();
    },
  };
}

function inTransaction(session: EmbeddedSession, begin: string, work: () => SqlResult[]): SqlResult[] {
  read(session.exec(serialize.query(begin)));
  try {
    const results = work();
    read(session.exec(serialize.query("COMMIT")));
    return results;
  } catch (error) {
    session.exec(serialize.query("ROLLBACK"));
    throw error;
  }
}

interface Row {
  fields: (string | null)[];
}
interface Description {
  fields: (Omit<SqlField, "format"> & { format: number })[];
}

/** Reads the answer of one statement. @throws the engine's error, with Postgres's fields */
function read(output: Buffer): SqlResult {
  const result: SqlResult = { command: "", rowCount: null, fields: [], rows: [] };
  let failure: unknown = null;
  new Parser().parse(output, (message) => {
    if (message.name === "dataRow") result.rows.push((message as unknown as Row).fields);
    else if (message.name === "rowDescription")
      result.fields = (message as unknown as Description).fields.map((field) => ({ ...field, format: "text" }));
    else if (message.name === "commandComplete")
      Object.assign(result, readTag((message as unknown as { text: string }).text));
    else if (message.name === "error") failure ??= message;
  });
  if (failure) throw failure;
  return result;
}

/** `INSERT 0 3` → command INSERT, 3 rows. */
function readTag(tag: string): { command: string; rowCount: number | null } {
  const count = /(\d+)$/.exec(tag)?.[1];
  return { command: tag.split(" ")[0] ?? "", rowCount: count === undefined ? null : Number(count) };
}
