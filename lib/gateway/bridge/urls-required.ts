import type { MasterKeys } from "@/lib/crypto/master-keys";
import type { Scope } from "../scope";
import { openState, sealState } from "./sealed-state";

const contextOf = ({ principal }: Scope, subject: string): string =>
  `urls-required|${principal.workspaceId}|${principal.tokenId}|${subject}`;

/** State for a client that must open pages first; nothing is held meanwhile, the call is made anew then. */
export const sealUrls = (keys: MasterKeys, scope: Scope, subject: string, count: number): Promise<string> =>
  sealState(keys, contextOf(scope, subject), { count });

/** Whether a state was for pages to open. */
export const opensUrls = async (keys: MasterKeys, scope: Scope, subject: string, state: string): Promise<boolean> =>
  (await openState<{ count: number }>(keys, contextOf(scope, subject), state)) !== null;

/** Whether the user agreed to open every page. @param responses raw texts of the client's answers */
export const agreed = (responses: Iterable<string>): boolean =>
  [...responses].every((json) => (JSON.parse(json) as { action?: unknown } | null)?.action === "accept");
