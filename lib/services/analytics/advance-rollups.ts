import { sql } from "drizzle-orm";
import { idFloor, timeOfId } from "@/lib/ids";
import type { Db } from "@/lib/services/context";
import { stepStart } from "./axis";
import { countCalls, countDurations } from "./fold";
import { rowsOf } from "./rows";

/**
 * How far (ms) the rollups stay behind. By then every call has ended or is given up as `unknown`, and no node's clock is so
 * slow that it still makes a smaller id.
 */
export const LAG_MS = 5 * 60_000;
/** Calls of one step; many at once cost far less each, because more of them fall into the same row. */
const STEP = { first: 500, least: 100, most: 200_000 };
/** How long (ms) a step is to take, where nothing else is said: it is one transaction, and the embedded database has everyone wait for it. */
const STEP_MS = 100;

/** The size that the last run of a database came to. */
const pace = new WeakMap<Db, number>();

export interface Advance {
  /** Ids below it are in the rollups. */
  upTo: string;
  steps: number;
  /** Whether all was done that was there to do; false where another node is at it, or the time was over. */
  done: boolean;
}

/**
 * Counts finished calls into the rollups, in steps of one transaction each: after a crash the next run goes on where the
 * last step ended, and nothing is counted twice or left out. Of several nodes one works, the others go away at once.
 * @param options.budgetMs when to stop; the rest is for the next run
 * @param options.stepMs about how long a step may take; longer ones get more done
 */
export async function advanceRollups(
  db: Db,
  now: number,
  options: { budgetMs?: number; stepMs?: number; stepCalls?: number } = {},
): Promise<Advance> {
  const limit = limitOf(now);
  const started = performance.now();
  let size = options.stepCalls ?? pace.get(db) ?? STEP.first;
  let last: Advance = { upTo: "", steps: 0, done: false };
  await db.execute(sql`INSERT INTO rollup_state (id, up_to) VALUES ('calls', '') ON CONFLICT DO NOTHING`);
  for (let steps = 1; ; steps++) {
    const begun = performance.now();
    const upTo = await step(db, now, size);
    const took = performance.now() - begun;
    if (upTo === null) return { ...last, done: false };
    last = { upTo, steps, done: upTo >= limit };
    if (last.done || performance.now() - started >= (options.budgetMs ?? 30_000)) return last;
    if (options.stepCalls !== undefined) continue;
    const aim = options.stepMs ?? STEP_MS;
    if (took < aim / 2) size = Math.min(size * 2, STEP.most);
    if (took > aim * 2) size = Math.max(size >> 1, STEP.least);
    pace.set(db, size);
  }
}

const limitOf = (now: number): string => idFloor("call", now - LAG_MS);

/** @returns how far it came; null where another node holds the state */
async function step(db: Db, now: number, size: number): Promise<string | null> {
  const limit = limitOf(now);
  return db.transaction(async (tx) => {
    const [state] = await rowsOf<{ upTo: string }>(
      tx,
      sql`SELECT up_to AS "upTo" FROM rollup_state WHERE id = 'calls' FOR UPDATE SKIP LOCKED`,
    );
    if (!state) return null;
    if (state.upTo >= limit) return state.upTo;
    const [next] = await rowsOf<{ id: string }>(
      tx,
      sql`SELECT id FROM calls WHERE id >= ${state.upTo} AND id < ${limit} ORDER BY id OFFSET ${size} LIMIT 1`,
    );
    // Groups of a large step in memory instead of in files.
    await tx.execute(sql`SET LOCAL work_mem = '128MB'`);
    const part = { from: state.upTo, end: next ? wholeDays(state.upTo, next.id) : limit, now };
    await tx.execute(countCalls(part));
    await tx.execute(countDurations(part));
    await tx.execute(sql`UPDATE members m SET first_call_at = f.at
      FROM (SELECT member_id, min(occurred_at) AS at FROM calls
        WHERE id >= ${part.from} AND id < ${part.end} AND outcome = 'ok' GROUP BY member_id) AS f
      WHERE m.id = f.member_id AND m.first_call_at IS NULL`);
    await tx.execute(sql`UPDATE rollup_state SET up_to = ${part.end} WHERE id = 'calls'`);
    return part.end;
  });
}

/** A step that reaches into another week or day ends with the one before: then hardly any row is written twice. */
function wholeDays(from: string, end: string): string {
  const at = timeOfId(end);
  const ends = (["week", "day"] as const).map((step) => idFloor("call", stepStart(at, step)));
  return ends.find((whole) => whole > from && whole <= end) ?? end;
}
