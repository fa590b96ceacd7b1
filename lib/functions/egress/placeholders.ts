import { lengthPrefixed, toBase64url } from "@/lib/crypto/bytes";
import type { SecretRule } from "../contract";

const SHOWN = 22; // characters of the MAC: 132 bits

/** The key that placeholders are made with. It stays outside workerd. @param bytes at least 32 */
export const importPlaceholderKey = (bytes: Uint8Array<ArrayBuffer>): Promise<CryptoKey> =>
  crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);

/**
 * What a function holds in place of each secret, by name: `<prefix>ph_<NAME>_<22 characters>`. The same in every
 * isolate of an installation, another in each installation, and not to be guessed by whoever writes tool arguments.
 */
export async function placeholdersOf(
  key: CryptoKey,
  { ws, ins }: { ws: string; ins: string },
  secrets: Record<string, SecretRule>,
): Promise<Map<string, string>> {
  const entries = Object.entries(secrets).map(async ([name, { prefix = "" }]): Promise<[string, string]> => {
    const mac = await crypto.subtle.sign("HMAC", key, lengthPrefixed(["aerostack placeholder v1", ws, ins, name]));
    return [name, `${prefix}ph_${name}_${toBase64url(new Uint8Array(mac)).slice(0, SHOWN)}`];
  });
  return new Map(await Promise.all(entries));
}

/** Puts the secret's name where its placeholder stands: for logs and answers, which people read. */
export function hidePlaceholders(text: string, placeholders: ReadonlyMap<string, string>): string {
  let out = text;
  for (const [name, placeholder] of placeholders) out = out.replaceAll(placeholder, `[secret ${name}]`);
  return out;
}
