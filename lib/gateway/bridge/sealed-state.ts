import type { MasterKeys } from "@/lib/crypto/master-keys";
import { openJson, sealJson } from "@/lib/crypto/sealed-session";

/** What begins each text that the gateway gives a client to bring back; servers' own begin otherwise. */
const MARK = "aero1.";
const MAX_LENGTH = 8_192;

/** Whether a text may be one of ours. Cheap; only opening it proves it. */
export const looksOurs = (text: unknown): text is string => typeof text === "string" && text.startsWith(MARK);

/** Seals a value so that a client can carry it and nobody can read or change it. `context` says what it is for. */
export async function sealState(keys: MasterKeys, context: string, value: unknown): Promise<string> {
  return MARK + (await sealJson(keys, context, value));
}

/** The value sealed for that context; null for anything else. */
export async function openState<T>(keys: MasterKeys, context: string, text: string): Promise<T | null> {
  if (!looksOurs(text) || text.length > MAX_LENGTH) return null;
  return openJson<T>(keys, context, text.slice(MARK.length));
}
