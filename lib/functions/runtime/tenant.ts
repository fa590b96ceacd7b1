import type { DeploymentId, FunctionSource, Identity, LogLine } from "../contract";
import { answerControl, type ControlPorts } from "../control";
import { isolateName } from "../deployment-id";
import type { Pinned } from "../egress/egress";
import { placeholdersOf } from "../egress/placeholders";

/** Whom one process works for. It can ask about this workspace and about no other, whatever happens inside it. */
export interface Tenant {
  ws: string;
  /** Loads an isolate or takes its log: the questions of the host worker. */
  control(path: string, body: string): Promise<Response>;
  /** What a loaded deployment may do; null for one that this process never loaded. */
  pinned(identity: Identity): Pinned | null;
  source: FunctionSource;
  /** Deployments loaded so far, each an isolate that stays until the process ends. */
  isolates(): number;
}

/** @param onLines gets what functions print, placeholders hidden */
export function createTenant(
  ws: string,
  source: FunctionSource,
  placeholderKey: CryptoKey,
  onLines: (id: DeploymentId, lines: LogLine[]) => void,
): Tenant {
  const loaded = new Map<string, Pinned>();

  const ports: ControlPorts = {
    source: {
      ...source,
      async policy(id) {
        const known = loaded.get(isolateName(id));
        if (known) return known.policy;
        const policy = await source.policy(id);
        if (policy) {
          const placeholders = await placeholdersOf(placeholderKey, id, policy.secrets);
          loaded.set(isolateName(id), { policy, placeholders });
        }
        return policy;
      },
    },
    placeholderKey,
    onLines,
  };
  return {
    ws,
    source,
    control: (path, body) => answerControl(ports, path, body, ["/load", "/tail"], ws),
    pinned: (identity) => (identity.ws === ws ? (loaded.get(isolateName(identity)) ?? null) : null),
    isolates: () => loaded.size,
  };
}
