import { createHash } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { type ExportFormat, exports } from "@/db/schema/exports";
import type { Db } from "@/lib/services/context";
import type { Piece } from "./rows";

/** A file to be sent. */
export interface ExportFile {
  /** Only letters, digits, `-`, `_` and `.`. */
  filename: string;
  format: ExportFormat;
  /** Where it is known before. */
  bytes: number | null;
  /** The next piece is made when the one before was taken. */
  chunks: AsyncGenerator<Uint8Array, void, undefined>;
}

/** Who works on an export and says nothing for this long is gone, in ms. */
const LEASE_MS = 60_000;
/** A running export says so this often, in ms. */
export const BEAT_MS = 15_000;

export const leaseEnd = (now: Date): Date => new Date(now.getTime() + LEASE_MS);

/** Size and hash of a file, taken while it is made. */
export function measure() {
  const hash = createHash("sha256");
  const size = { rows: 0, bytes: 0 };
  return {
    size,
    /** Takes a piece into account and gives it as bytes. */
    add({ text, rows }: Piece): Uint8Array {
      const bytes = Buffer.from(text);
      hash.update(bytes);
      size.rows += rows;
      size.bytes += bytes.length;
      return bytes;
    },
    sha256: () => hash.digest("hex"),
  };
}

/**
 * Passes the pieces of an export on and notes down how it ended: whole, left by its reader, or failed. The note is
 * written before the reader sees the end, so a file that is whole is also listed as such.
 */
export async function* recorded(
  { db, now }: { db: Db; now(): Date },
  id: string,
  pieces: AsyncGenerator<Piece, void, undefined>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const file = measure();
  let end: Partial<typeof exports.$inferInsert> = { state: "canceled", problem: "The download was broken off." };
  let nextBeat = now().getTime() + BEAT_MS;
  try {
    for await (const piece of pieces) {
      yield file.add(piece);
      if (now().getTime() < nextBeat) continue;
      nextBeat = now().getTime() + BEAT_MS;
      await note(db, id, { ...file.size, leaseUntil: leaseEnd(now()) });
    }
    end = { state: "streamed", problem: null, sha256: file.sha256() };
  } catch (error) {
    end = { state: "failed", problem: "The rows could not be read to the end." };
    throw error;
  } finally {
    await note(db, id, { ...file.size, ...end, leaseUntil: null, finishedAt: now() });
  }
}

async function note(db: Db, id: string, values: Partial<typeof exports.$inferInsert>): Promise<void> {
  await db
    .update(exports)
    .set(values)
    .where(and(eq(exports.id, id), eq(exports.state, "running")));
}
