import { lengthPrefixed, text, utf8 } from "./bytes";
import { seal, takeApart, unseal } from "./seal";

/** Whose result it is; all of it is authenticated, so it opens for nobody else and in no other row. */
export interface ResultBinding {
  id: string;
  workspaceId: string;
  memberId: string;
}

const aad = ({ id, workspaceId, memberId }: ResultBinding) =>
  lengthPrefixed(["aerostack kept result v1", workspaceId, memberId, id]);

/** Seals a result (JSON text) under the workspace's data key. */
export const sealResult = (key: CryptoKey, json: string, binding: ResultBinding): Promise<string> =>
  seal(key, utf8(json), aad(binding));

/** What `sealResult` took; null where key, row, member or a bit is another. */
export async function openResult(key: CryptoKey, sealed: string, binding: ResultBinding): Promise<string | null> {
  const bytes = await unseal(key, takeApart(sealed, aad(binding)));
  return bytes && text(bytes);
}
