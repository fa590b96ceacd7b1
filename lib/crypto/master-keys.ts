import { AppError } from "@/lib/errors";
import { type Bytes, fromBase64, hex, utf8 } from "./bytes";

/** A 256-bit key of the installation. Its raw bytes are gone after the import; nothing can export them. */
export interface MasterKey {
  /** First 16 hex digits of HMAC-SHA-256(key, "aerostack key id"): names the key, tells nothing of it. */
  id: string;
  /** AES-GCM; wraps the workspaces' data keys. */
  wrap: CryptoKey;
  /** AES-GCM, derived by HKDF; seals session ids, so that no key has two uses. */
  session: CryptoKey;
  /** 32 raw bytes, derived by HKDF; sign OAuth access tokens (HS256). They name this key's `id` as `kid`. */
  signing: Uint8Array<ArrayBuffer>;
}

/** The keys in use: `current` writes, all of them read, so that a key can be replaced without downtime. */
export interface MasterKeys {
  /** Read it at each use, never keep it: a running process may learn a newer one (`live-master-keys.ts`). */
  readonly current: MasterKey;
  /** All keys by id, the current one first. */
  readonly ids: readonly string[];
  get(id: string): MasterKey | undefined;
  /** Reads the source of the keys anew, where that can change under a running process; never throws. */
  refresh?(): Promise<void>;
}

/** The key of that id, after a look at the source where it is unknown: another node may write with a newer key already. */
export async function findMasterKey(keys: MasterKeys, id: string): Promise<MasterKey | undefined> {
  if (!keys.get(id)) await keys.refresh?.();
  return keys.get(id);
}

const KEY_BYTES = 32;

/** A new master key as base64 (44 characters). */
export const generateMasterKey = (): string =>
  btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(KEY_BYTES))));

/**
 * Imports one or several base64 keys, separated by commas; the first one writes.
 * @throws AppError `invalid` naming the position of a malformed key, never its text
 */
export async function importMasterKeys(text: string): Promise<MasterKeys> {
  const parts = text.split(",").map((part) => part.trim());
  const keys = await Promise.all(parts.map((part, i) => importOne(decode(part, i + 1, parts.length))));
  const byId = new Map(keys.map((key) => [key.id, key]));
  const current = keys[0];
  if (!current) throw malformed(1, 1);
  return { current, ids: [...byId.keys()], get: (id) => byId.get(id) };
}

function decode(part: string, position: number, count: number): Bytes {
  try {
    const raw = fromBase64(part);
    if (raw.length === KEY_BYTES) return raw;
  } catch {
    // Falls through to the one error, which quotes nothing.
  }
  throw malformed(position, count);
}

function malformed(position: number, count: number): AppError {
  const which = count > 1 ? `Master key ${position} of ${count}` : "The master key";
  return new AppError("invalid", `${which} is not 32 bytes in base64. Make one with: openssl rand -base64 32`, {
    field: "masterKey",
  });
}

async function importOne(raw: Bytes): Promise<MasterKey> {
  const { subtle } = crypto;
  const mac = await subtle.importKey("raw", raw, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const id = hex(new Uint8Array(await subtle.sign("HMAC", mac, utf8("aerostack key id")))).slice(0, 16);
  const wrap = await subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
  const base = await subtle.importKey("raw", raw, "HKDF", false, ["deriveKey"]);
  const derivation = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info: utf8("session") };
  const session = await subtle.deriveKey(derivation, base, { name: "AES-GCM", length: 256 }, false, [
    "encrypt",
    "decrypt",
  ]);
  const bits = await subtle.importKey("raw", raw, "HKDF", false, ["deriveBits"]);
  const signing = new Uint8Array(
    await subtle.deriveBits({ ...derivation, info: utf8("oauth access token") }, bits, 8 * KEY_BYTES),
  );
  raw.fill(0);
  return { id, wrap, session, signing };
}
