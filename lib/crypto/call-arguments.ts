import { lengthPrefixed, text, utf8 } from "./bytes";
import { seal, takeApart, unseal } from "./seal";

/** The call that sealed arguments belong to; part of what is authenticated, so they open for no other row. */
export interface ArgumentsBinding {
  workspaceId: string;
  callId: string;
}

const aad = ({ workspaceId, callId }: ArgumentsBinding) =>
  lengthPrefixed(["aerostack call arguments v1", workspaceId, callId]);

/** Seals the arguments of one call (JSON text) under the workspace's data key. */
export const sealArguments = (key: CryptoKey, json: string, binding: ArgumentsBinding): Promise<string> =>
  seal(key, utf8(json), aad(binding));

/** The JSON text that `sealArguments` took; null where key, row or a bit is another. */
export async function openArguments(key: CryptoKey, sealed: string, binding: ArgumentsBinding): Promise<string | null> {
  const bytes = await unseal(key, takeApart(sealed, aad(binding)));
  return bytes && text(bytes);
}
