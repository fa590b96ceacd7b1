import { type Bytes, fromBase64, toBase64url } from "./bytes";
import { type CryptoPort, webCryptoPort } from "./port";

const IV_BYTES = 12;

/**
 * AES-256-GCM under a fresh random 96-bit nonce, as `v1.<iv>.<ciphertext and tag>` in base64url.
 * @param aad bound to the result: opening needs the same bytes
 */
export async function seal(key: CryptoKey, plain: Bytes, aad: Bytes): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: aad }, key, plain);
  return `v1.${toBase64url(iv)}.${toBase64url(new Uint8Array(sealed))}`;
}

/** A sealed text taken apart, with the additional data it was sealed under. */
export interface SealedParts {
  iv: Bytes;
  data: Bytes;
  aad: Bytes;
}

/** Takes a sealed text apart without opening it. Null where it has not the form of one. */
export function takeApart(sealed: string, aad: Bytes): SealedParts | null {
  const [version, iv, data, ...rest] = sealed.split(".");
  if (version !== "v1" || !iv || !data || rest.length > 0) return null;
  try {
    return { iv: fromBase64(iv), data: fromBase64(data), aad };
  } catch {
    return null;
  }
}

/** Moves a sealed text to another key; what it says and is bound to stays. Null where it does not open. */
export async function reseal(from: CryptoKey, to: CryptoKey, sealed: string, aad: Bytes): Promise<string | null> {
  const plain = await unseal(from, takeApart(sealed, aad));
  return plain && seal(to, plain, aad).finally(() => plain.fill(0));
}

/** Opens what `seal` wrote. Null on every failure alike: format, key, binding or a changed bit. */
export async function unseal(
  key: CryptoKey,
  sealed: SealedParts | null,
  port: Pick<CryptoPort, "decrypt"> = webCryptoPort,
): Promise<Bytes | null> {
  try {
    return sealed && (await port.decrypt(key, sealed.iv, sealed.data, sealed.aad));
  } catch {
    return null;
  }
}
