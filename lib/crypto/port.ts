import { type Bytes, hex, sha256 } from "./bytes";

/**
 * The two operations that each call needs, as a port: WebCrypto runs everywhere but hands each one to a thread, which
 * costs several times the work itself; Node's own (`lib/server/node-crypto.ts`) does it in place.
 */
export interface CryptoPort {
  /** SHA-256 of UTF-8 text, as hex. */
  sha256Hex(text: string): string | Promise<string>;
  /** AES-256-GCM; `data` ends with the 16-byte tag. @throws where key, nonce, additional data or tag do not fit */
  decrypt(key: CryptoKey, iv: Bytes, data: Bytes, aad: Bytes): Bytes | Promise<Bytes>;
}

/** The port on WebCrypto, for the edge lane and wherever speed does not matter. */
export const webCryptoPort: CryptoPort = {
  sha256Hex: async (text) => hex(await sha256(text)),
  decrypt: async (key, iv, data, aad) =>
    new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData: aad }, key, data)),
};
