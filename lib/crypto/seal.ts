import { type Bytes, fromBase64, toBase64url } from "./bytes";

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

/** Opens what `seal` wrote. Null on every failure alike: format, key, binding or a changed bit. */
export async function unseal(key: CryptoKey, sealed: string, aad: Bytes): Promise<Bytes | null> {
  const [version, iv, data, ...rest] = sealed.split(".");
  if (version !== "v1" || !iv || !data || rest.length > 0) return null;
  try {
    const plain = await crypto.subtle.decrypt(
      { name: "AES-GCM", iv: fromBase64(iv), additionalData: aad },
      key,
      fromBase64(data),
    );
    return new Uint8Array(plain);
  } catch {
    return null;
  }
}
