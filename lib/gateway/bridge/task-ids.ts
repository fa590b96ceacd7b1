import type { MasterKeys } from "@/lib/crypto/master-keys";
import { withMember } from "../notifications";
import type { UpstreamServer } from "../ports";
import type { Scope } from "../scope";
import { memberOf } from "./results";
import { openState, sealState } from "./sealed-state";

interface SealedTask {
  serverId: string;
  taskId: string;
}

/** Tasks are a member's own: of two members with one server behind them neither finds the other's. */
const contextOf = ({ principal }: Pick<Scope, "principal">): string =>
  `task|${principal.workspaceId}|${principal.memberId}`;

/** A result whose `taskId` (top level) names its server too, so that any node finds its way back. */
export async function sealTask(
  keys: MasterKeys,
  scope: Scope,
  server: UpstreamServer,
  result: string,
): Promise<string> {
  const raw = memberOf(result, "taskId");
  if (!raw?.startsWith('"')) return result;
  const taskId = JSON.parse(raw) as string;
  const sealed = await sealState(keys, contextOf(scope), { serverId: server.id, taskId });
  return withMember(result, "taskId", JSON.stringify(`${server.slug}.${sealed}`));
}

/** The server and its own id of a task; null for what is no task of this member in this workspace. */
export async function openTask(
  keys: MasterKeys,
  scope: Scope,
  exposed: string,
): Promise<{ server: UpstreamServer; taskId: string } | null> {
  const opened = await openState<SealedTask>(keys, contextOf(scope), exposed.slice(exposed.indexOf(".") + 1));
  const server = opened && scope.workspace.servers.find(({ id }) => id === opened.serverId);
  return server ? { server, taskId: opened.taskId } : null;
}
