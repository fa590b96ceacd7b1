import { allowsIp } from "@/lib/mcp/ip-allow";
import { RPC } from "@/lib/mcp/protocol";
import type { Caller } from "./authenticate";
import type { Message } from "./message";
import { recordRefusal } from "./refusal-row";
import { json, rpcError } from "./responses";
import { type Asker, bareScope, type Engine, type View } from "./scope";

/**
 * Refuses a request that comes from no address on the workspace's list; null where it may go on. A refused call leaves
 * its row, like every other.
 * @param messages empty for requests without any
 * @throws UnavailableError when the row could not be committed
 */
export async function elsewhere(
  engine: Engine,
  { principal }: Caller,
  view: Pick<View, "workspace" | "only">,
  asker: Asker,
  messages: Message[],
): Promise<Response | null> {
  const { sourceIp } = asker;
  const { ipAllow } = view.workspace;
  if (ipAllow.length === 0 || allowsIp(ipAllow, sourceIp)) return null;
  for (const message of messages) await recordRefusal(engine, bareScope(asker, principal, view), message, "ip_denied");
  const text =
    sourceIp === null
      ? "This workspace takes requests from listed addresses only, and yours is not known here. Ask an admin."
      : `Your address ${sourceIp} is not on this workspace's list. Connect from an allowed network, or ask an admin to add it in the settings.`;
  return json(403, rpcError((messages.length === 1 && messages[0]?.id) || "null", RPC.invalidRequest, text));
}
