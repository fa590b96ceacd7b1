import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { and, asc, eq, lt, or, sql } from "drizzle-orm";
import { exportChunks, exports } from "@/db/schema/exports";
import { members } from "@/db/schema/members";
import { workspaces } from "@/db/schema/workspaces";
import type { MasterKeys } from "@/lib/crypto/master-keys";
import { errorFields, type Log } from "@/lib/log";
import type { Db } from "@/lib/services/context";
import { mayRead } from "./find";
import type { ExportRow } from "./insert";
import { BEAT_MS, leaseEnd, measure } from "./record";
import { countRows, exportPieces } from "./rows";
import { filtersOf } from "./to-view";

/** A finished file is kept this long, in ms. */
const KEEP_MS = 7 * 86_400_000;
/** Of the file in one row of the database, before it is packed. */
const CHUNK_BYTES = 1 << 20;
const MAX_ATTEMPTS = 3;
const pack = promisify(gzip);

/** What a worker needs of its process. */
export interface ExportWorker {
  db: Db;
  masterKeys: MasterKeys;
  now(): Date;
  log: Log;
}

/** The export is another's now, was canceled, or this process ends. */
class Lost extends Error {}

/**
 * Takes one export that waits, or whose worker has gone, and makes its file from the start. Safe on any number of nodes:
 * each write holds the name under which the export was taken, so who lost it leaves nothing behind.
 * @returns false where nothing waited
 */
export async function workExport(worker: ExportWorker, signal?: AbortSignal): Promise<boolean> {
  const job = await take(worker);
  if (!job) return false;
  const { id, workspaceId } = job;
  try {
    const refusal = await whyNot(worker.db, job);
    if (refusal) await change(worker, job, { state: "failed", problem: refusal, ...ended(worker) });
    else await make(worker, job, signal);
  } catch (error) {
    if (error instanceof Lost) return true;
    worker.log.error("export.failed", { export: id, workspaceId, ...errorFields(error) });
    await giveBack(worker, job);
  }
  return true;
}

async function take({ db, now }: ExportWorker): Promise<ExportRow | null> {
  const gone = and(eq(exports.state, "running"), lt(exports.leaseUntil, now()));
  return db.transaction(async (tx) => {
    const [waiting] = await tx
      .select({ id: exports.id })
      .from(exports)
      .where(and(eq(exports.background, true), or(eq(exports.state, "queued"), gone)))
      .orderBy(asc(exports.id))
      .limit(1)
      .for("update", { skipLocked: true });
    if (!waiting) return null;
    await tx.delete(exportChunks).where(eq(exportChunks.exportId, waiting.id));
    const fresh = { rows: 0, bytes: 0, worker: crypto.randomUUID(), leaseUntil: leaseEnd(now()) };
    const [row] = await tx
      .update(exports)
      .set({ state: "running", attempts: sql`${exports.attempts} + 1`, ...fresh })
      .where(eq(exports.id, waiting.id))
      .returning();
    return row ?? null;
  });
}

/** In words, why this export is not to be made (any more); null where it is. */
async function whyNot(db: Db, job: ExportRow): Promise<string | null> {
  if (job.attempts > MAX_ATTEMPTS) return "It was begun several times and never finished. Try a shorter range.";
  const [member] = await db
    .select({ role: members.role, memberId: members.id })
    .from(members)
    .where(and(eq(members.workspaceId, job.workspaceId), eq(members.userId, job.createdBy ?? "")));
  return member && mayRead(member, job) ? null : "Whoever asked for it may not read these rows any more.";
}

async function make(worker: ExportWorker, job: ExportRow, signal: AbortSignal | undefined): Promise<void> {
  const { db, now } = worker;
  const [workspace] = await db
    .select({ id: workspaces.id, slug: workspaces.slug })
    .from(workspaces)
    .where(eq(workspaces.id, job.workspaceId));
  if (!workspace) throw new Lost();
  const { excel = false, payloads = false } = job.options;
  const plan = { ...job, log: job.kind, excel, payloads, filters: filtersOf(job) };
  const source = { ...worker, workspace };
  let lost = false;
  const beat = setInterval(() => {
    change(worker, job, { leaseUntil: leaseEnd(now()) }).catch((error: unknown) => {
      lost ||= error instanceof Lost;
    });
  }, BEAT_MS);
  try {
    await change(worker, job, { expectedRows: await countRows(source, plan, job.newest) });
    const file = measure();
    const store = chunkStore(worker, job);
    for await (const piece of exportPieces(source, plan, job.newest)) {
      if (lost) throw new Lost();
      if (signal?.aborted) {
        await change(worker, job, { state: "queued", attempts: 0, worker: null, leaseUntil: null });
        throw new Lost();
      }
      await store.add(file.add(piece), file.size);
    }
    await store.end(file.size);
    const expiresAt = new Date(now().getTime() + KEEP_MS);
    await change(worker, job, { ...file.size, state: "ready", sha256: file.sha256(), expiresAt, ...ended(worker) });
  } finally {
    clearInterval(beat);
  }
}

const ended = ({ now }: ExportWorker) => ({ finishedAt: now(), worker: null, leaseUntil: null });

/** Changes the export as long as it is ours. @throws Lost */
async function change(
  { db }: Pick<ExportWorker, "db">,
  { id, worker }: ExportRow,
  values: Partial<typeof exports.$inferInsert>,
): Promise<void> {
  const ours = and(eq(exports.id, id), eq(exports.worker, worker ?? ""), eq(exports.state, "running"));
  const rows = await db.update(exports).set(values).where(ours).returning({ id: exports.id });
  if (rows.length === 0) throw new Lost();
}

/** After a failure: another try soon, or none. The database may be what failed; then the lease runs out by itself. */
async function giveBack(worker: ExportWorker, job: ExportRow): Promise<void> {
  const last = job.attempts >= MAX_ATTEMPTS;
  const problem = "The rows could not be read to the end. Try again; if it stays, look at the server's log.";
  const again = { leaseUntil: new Date(worker.now().getTime() + job.attempts * 5_000) };
  await change(worker, job, last ? { state: "failed", problem, ...ended(worker) } : again).catch(() => undefined);
  if (last)
    await worker.db
      .delete(exportChunks)
      .where(eq(exportChunks.exportId, job.id))
      .catch(() => undefined);
}

/** Packs bytes and stores them in pieces; one piece is written while the next one is made. */
function chunkStore(worker: ExportWorker, job: ExportRow) {
  let parts: Uint8Array[] = [];
  let held = 0;
  let seq = 0;
  let writing: Promise<void> = Promise.resolve();
  const write = async (bytes: Uint8Array, place: number, size: { rows: number; bytes: number }): Promise<void> => {
    const data = await pack(bytes, { level: 4 });
    await worker.db.transaction(async (tx) => {
      await change({ db: tx }, job, { ...size, leaseUntil: leaseEnd(worker.now()) });
      await tx.insert(exportChunks).values({ exportId: job.id, seq: place, data });
    });
  };
  const flush = async (size: { rows: number; bytes: number }) => {
    await writing;
    writing = write(Buffer.concat(parts), seq++, { ...size });
    writing.catch(() => undefined); // awaited with the next piece, or at the end
    parts = [];
    held = 0;
  };
  return {
    async add(bytes: Uint8Array, size: { rows: number; bytes: number }): Promise<void> {
      parts.push(bytes);
      held += bytes.length;
      if (held >= CHUNK_BYTES) await flush(size);
    },
    async end(size: { rows: number; bytes: number }): Promise<void> {
      if (held > 0) await flush(size);
      await writing;
    },
  };
}
