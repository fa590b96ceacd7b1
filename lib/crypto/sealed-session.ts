import { text, utf8 } from "./bytes";
import { seal, takeApart, unseal } from "./seal";

/**
 * Seals a small JSON value into a text that only this installation can read, so that state can live with the client.
 * @param context what the text is for; a text of another context does not open
 */
export const sealJson = (key: CryptoKey, context: string, value: unknown): Promise<string> =>
  seal(key, utf8(JSON.stringify(value)), utf8(context));

/** The value that `sealJson` sealed for the same context; null for anything else. */
export async function openJson<T>(key: CryptoKey, context: string, sealed: string): Promise<T | null> {
  const plain = await unseal(key, takeApart(sealed, utf8(context)));
  return plain ? (JSON.parse(text(plain)) as T) : null;
}
