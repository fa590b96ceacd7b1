import { and, eq, type SQL, sql } from "drizzle-orm";
import { calls } from "@/db/schema/calls";
import { dataKeys } from "@/db/schema/data-keys";
import { openPayload, type PayloadBinding } from "@/lib/crypto/call-payload";
import { openDataKey } from "@/lib/crypto/data-key";
import type { MasterKeys } from "@/lib/crypto/master-keys";
import type { CsvValue } from "@/lib/csv";
import type { Db } from "@/lib/services/context";

/** Keys that payloads add to a line, in order. What is too long was cut when it was kept; it is text then, no JSON. */
export const PAYLOAD_COLUMNS = ["arguments", "arguments_cut", "result", "result_cut"] as const;

/** What has to be read for them, behind the columns of the call itself. */
export const SEALED_COLUMNS: readonly SQL[] = [
  calls.argsSealed,
  calls.argsKeyId,
  calls.resultSealed,
  calls.resultKeyId,
].map((column) => sql`${column}`);

const NOTHING = { value: null, cut: false };
const textOrNull = (value: unknown): string | null => (typeof value === "string" ? value : null);

/**
 * Opens what is kept of one workspace's calls: takes a row that ends with `SEALED_COLUMNS`, gives it with the values of
 * `PAYLOAD_COLUMNS` instead. Each data key is looked up once; what does not open counts as not kept.
 */
export function payloadOpener(
  db: Db,
  masterKeys: MasterKeys,
  workspaceId: string,
): (row: CsvValue[]) => Promise<CsvValue[]> {
  const keys = new Map<string, Promise<CryptoKey | null>>();
  const keyOf = (id: string): Promise<CryptoKey | null> => {
    const known = keys.get(id) ?? findKey(db, masterKeys, workspaceId, id);
    keys.set(id, known);
    return known;
  };
  const open = async (callId: string, part: PayloadBinding["part"], sealed: string | null, keyId: string | null) => {
    const key = sealed && keyId ? await keyOf(keyId) : null;
    const kept = key && sealed ? await openPayload(key, sealed, { workspaceId, callId, part }) : null;
    return kept ? { value: kept.cut ? kept.text : asJson(kept.text), cut: kept.cut } : NOTHING;
  };
  return async (row) => {
    const callId = String(row[0]);
    const [args, argsKey, result, resultKey] = row.slice(-SEALED_COLUMNS.length).map(textOrNull);
    const given = await open(callId, "arguments", args ?? null, argsKey ?? null);
    const answer = await open(callId, "result", result ?? null, resultKey ?? null);
    return [...row.slice(0, -SEALED_COLUMNS.length), given.value, given.cut, answer.value, answer.cut];
  };
}

async function findKey(db: Db, masterKeys: MasterKeys, workspaceId: string, id: string): Promise<CryptoKey | null> {
  const [row] = await db
    .select()
    .from(dataKeys)
    .where(and(eq(dataKeys.workspaceId, workspaceId), eq(dataKeys.id, id)));
  return row ? openDataKey(masterKeys, row) : null;
}

function asJson(text: string): CsvValue {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
