import { lengthPrefixed, text, utf8 } from "./bytes";
import { reseal, seal, takeApart, unseal } from "./seal";

/** The call and part that a sealed payload belongs to; all of it is authenticated, so it opens for no other row or part. */
export interface PayloadBinding {
  workspaceId: string;
  callId: string;
  part: "arguments" | "result";
}

/** Bytes of a payload that are kept at most. */
export const MAX_PAYLOAD_BYTES = 64 << 10;

/** What is kept of one part of a call. */
export interface KeptPayload {
  /** JSON text; cut off somewhere where `cut`. */
  text: string;
  cut: boolean;
  /** Of the whole text, also where it was cut. */
  bytes: number;
}

/** No JSON text begins so. */
const CUT = /^#cut (\d+)\n/;

const aad = ({ workspaceId, callId, part }: PayloadBinding) =>
  lengthPrefixed([`aerostack call ${part} v1`, workspaceId, callId]);

/**
 * Seals the arguments or the result of one call (JSON text) under the workspace's data key. What is longer than
 * `MAX_PAYLOAD_BYTES` is cut there, and says so.
 * @param whole bytes of what was cut before already
 */
export function sealPayload(key: CryptoKey, json: string, binding: PayloadBinding, whole?: number): Promise<string> {
  const bytes = utf8(json);
  if (bytes.length <= MAX_PAYLOAD_BYTES && whole === undefined) return seal(key, bytes, aad(binding));
  let end = Math.min(bytes.length, MAX_PAYLOAD_BYTES);
  while (((bytes[end] ?? 0) & 0xc0) === 0x80) end--; // not inside a character
  return seal(key, utf8(`#cut ${whole ?? bytes.length}\n${text(bytes.slice(0, end))}`), aad(binding));
}

/** What `sealPayload` took; null where key, row, part or a bit is another. */
export async function openPayload(
  key: CryptoKey,
  sealed: string,
  binding: PayloadBinding,
): Promise<KeptPayload | null> {
  const bytes = await unseal(key, takeApart(sealed, aad(binding)));
  if (!bytes) return null;
  const kept = text(bytes);
  const cut = CUT.exec(kept);
  return cut
    ? { text: kept.slice(cut[0].length), cut: true, bytes: Number(cut[1]) }
    : { text: kept, cut: false, bytes: bytes.length };
}

/** Moves a sealed payload to another key as it is. Null where it does not open. */
export const resealPayload = (
  from: CryptoKey,
  to: CryptoKey,
  sealed: string,
  binding: PayloadBinding,
): Promise<string | null> => reseal(from, to, sealed, aad(binding));
