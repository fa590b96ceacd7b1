import { type PayloadBinding, sealPayload } from "@/lib/crypto/call-payload";
import { openDataKey } from "@/lib/crypto/data-key";
import { errorFields } from "@/lib/log";
import { redactFields } from "@/lib/mcp/redact-fields";
import { fieldMatcher } from "@/lib/redacted-fields";
import type { WorkspaceSnapshot } from "./ports";
import type { Engine, Scope } from "./scope";

/** Longer texts are not looked through, so nothing of them is kept but their length. Characters. */
const MAX_LOOKED = 1 << 20;

/** A sealed payload and the data key it is under. */
export interface Kept {
  sealed: string;
  keyId: string;
}

const matchers = new WeakMap<WorkspaceSnapshot, ReturnType<typeof fieldMatcher>>();

function matcherOf(workspace: WorkspaceSnapshot): ReturnType<typeof fieldMatcher> {
  const matcher = matchers.get(workspace) ?? fieldMatcher(workspace.redactFields);
  matchers.set(workspace, matcher);
  return matcher;
}

/**
 * The arguments or the result of one call (JSON text) without the values of redacted fields, sealed under the
 * workspace's newest data key. A failure is logged, and the call goes on without them.
 */
export async function keepPayload(
  engine: Pick<Engine, "keys" | "log">,
  { workspace }: Pick<Scope, "workspace">,
  { callId, part }: Omit<PayloadBinding, "workspaceId">,
  json: string,
): Promise<Kept | null> {
  const dataKey = workspace.dataKeys.at(-1);
  if (!dataKey) return null;
  try {
    const key = await openDataKey(engine.keys, { ...dataKey, workspaceId: workspace.id });
    const binding = { workspaceId: workspace.id, callId, part };
    const sealed =
      json.length > MAX_LOOKED
        ? await sealPayload(key, "", binding, json.length)
        : await sealPayload(key, redactFields(json, matcherOf(workspace)), binding);
    return { sealed, keyId: dataKey.id };
  } catch (error) {
    engine.log.warn("gateway.payload_not_kept", { call: callId, part, ...errorFields(error) });
    return null;
  }
}
