import { allowsIp } from "@/lib/mcp/ip-allow";
import { RPC } from "@/lib/mcp/protocol";
import type { Caller } from "./authenticate";
import { recordRefusal } from "./call-tool";
import type { Message } from "./message";
import type { WorkspaceSnapshot } from "./ports";
import { json, rpcError } from "./responses";
import type { Asker, Engine } from "./scope";

/**
 * Refuses a request that comes from no address on the workspace's list; null where it may go on. A refused call leaves
 * its row, like every other.
 * @param message null for requests without one
 * @throws UnavailableError when the row could not be committed
 */
export async function elsewhere(
  engine: Engine,
  { principal }: Caller,
  workspace: WorkspaceSnapshot,
  asker: Asker,
  message: Message | null,
): Promise<Response | null> {
  const { sourceIp } = asker;
  if (workspace.ipAllow.length === 0 || allowsIp(workspace.ipAllow, sourceIp)) return null;
  if (message) {
    const scope = {
      ...asker,
      principal,
      workspace,
      session: null,
      client: new AbortController(),
      emit: () => undefined,
    };
    await recordRefusal(engine, scope, message, "ip_denied");
  }
  const text =
    sourceIp === null
      ? "This workspace takes requests from listed addresses only, and yours is not known here. Ask an admin."
      : `Your address ${sourceIp} is not on this workspace's list. Connect from an allowed network, or ask an admin to add it in the settings.`;
  return json(403, rpcError(message?.id ?? "null", RPC.invalidRequest, text));
}
