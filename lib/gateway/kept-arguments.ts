import { utf8 } from "@/lib/crypto/bytes";
import { sealArguments } from "@/lib/crypto/call-arguments";
import { openDataKey } from "@/lib/crypto/data-key";
import { errorFields } from "@/lib/log";
import type { CallIntent } from "./ports";
import type { Engine, Scope } from "./scope";

const MAX_BYTES = 64 << 10;
const NOT_KEPT = { argsSealed: null, argsKeyId: null };

/**
 * The arguments of one call, sealed under the workspace's newest data key, where the workspace keeps them. They serve
 * the rules' test box alone, so a failure is logged and the call goes on without them.
 */
export async function keepArguments(
  engine: Pick<Engine, "keys" | "log">,
  { workspace }: Pick<Scope, "workspace">,
  callId: string,
  json: string | null,
): Promise<Pick<CallIntent, "argsSealed" | "argsKeyId">> {
  const dataKey = workspace.dataKeys.at(-1);
  if (json === null || !dataKey || utf8(json).length > MAX_BYTES) return NOT_KEPT;
  try {
    const key = await openDataKey(engine.keys, { ...dataKey, workspaceId: workspace.id });
    const argsSealed = await sealArguments(key, json, { workspaceId: workspace.id, callId });
    return { argsSealed, argsKeyId: dataKey.id };
  } catch (error) {
    engine.log.warn("gateway.arguments_not_kept", { call: callId, ...errorFields(error) });
    return NOT_KEPT;
  }
}
