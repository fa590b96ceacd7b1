import { text, utf8 } from "./bytes";
import { findMasterKey, type MasterKeys } from "./master-keys";
import { seal, takeApart, unseal } from "./seal";

/**
 * Seals a small JSON value into a text that only this installation can read, so that state can live with the client. The
 * text names its master key, so it outlives a rotation.
 * @param context what the text is for; a text of another context does not open
 */
export async function sealJson({ current }: MasterKeys, context: string, value: unknown): Promise<string> {
  return `${current.id}.${await seal(current.session, utf8(JSON.stringify(value)), utf8(context))}`;
}

/** The value that `sealJson` sealed for the same context; null for anything else. */
export async function openJson<T>(keys: MasterKeys, context: string, sealed: string): Promise<T | null> {
  const dot = sealed.indexOf(".");
  const key = dot > 0 ? await findMasterKey(keys, sealed.slice(0, dot)) : undefined;
  const plain = key && (await unseal(key.session, takeApart(sealed.slice(dot + 1), utf8(context))));
  return plain ? (JSON.parse(text(plain)) as T) : null;
}
