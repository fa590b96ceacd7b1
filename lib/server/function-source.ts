import type { Query } from "@/db/query";
import { openDataKey } from "@/lib/crypto/data-key";
import type { MasterKeys } from "@/lib/crypto/master-keys";
import { openSecret } from "@/lib/crypto/secret";
import type { DeploymentId, EgressRecord, FunctionSource } from "@/lib/functions/contract";
import { covers } from "@/lib/functions/egress/covers";
import type { Manifest } from "@/lib/functions/manifest";
import { boundHosts } from "@/lib/functions/secret-origin";
import { errorFields, type Log } from "@/lib/log";
import { nodeCryptoPort } from "./node-crypto";

/** Of several deployments with the same code, that which answers, else the newest. */
const DEPLOYMENT = `FROM functions f JOIN deployments d ON d.function_id = f.id AND d.workspace_id = f.workspace_id
WHERE f.workspace_id = $1 AND f.server_id = $2 AND d.sha256 = $3 AND f.rev >= $4
ORDER BY d.id = f.active_deployment_id DESC, d.version DESC LIMIT 1`;

const READ_POLICY = `SELECT d.manifest, f.vars ${DEPLOYMENT}`;
const READ_CODE = `SELECT d.code ${DEPLOYMENT}`;

const READ_SECRET = `
SELECT x.id, x.origin, x.sealed, x.version, k.id AS "dataKeyId", k.master_key_id AS "masterKeyId", k.wrapped
FROM secrets x JOIN data_keys k ON k.id = x.data_key_id AND k.workspace_id = x.workspace_id
WHERE x.workspace_id = $1 AND x.server_id = $2 AND x.name = $3 AND x.member_id IS NULL`;

/** Other nodes touch the same row, so the statement keeps to a minute too. */
const TOUCH = `UPDATE secrets SET last_used_at = now()
WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < now() - interval '50 seconds')`;
const TOUCH_MS = 60_000;

interface SecretRow {
  id: string;
  origin: string;
  sealed: string;
  version: number;
  dataKeyId: string;
  masterKeyId: string;
  wrapped: string;
}

/**
 * Deployments and secrets out of the database. A value is opened for one request to one host, and only where that host is
 * among those it was given for: a manifest that names more hosts than the seal gets nothing for them.
 */
export function createFunctionSource(ports: {
  query: Query;
  masterKeys: MasterKeys;
  record(record: EgressRecord): void;
  log: Log;
}): FunctionSource {
  const { query, masterKeys, log } = ports;
  const touched = new Map<string, number>();
  const keyOf = ({ ws, ins, dep, rev }: DeploymentId) => [ws, ins, dep, rev];

  function touch(id: string): void {
    const now = Date.now();
    if (now - (touched.get(id) ?? 0) < TOUCH_MS) return;
    if (touched.size >= 1_000) touched.clear();
    touched.set(id, now);
    query(TOUCH, [id]).catch((error: unknown) => log.warn("function.touch_failed", errorFields(error)));
  }

  return {
    async policy(id) {
      const [row] = await query<{ manifest: Manifest; vars: Record<string, string> }>(READ_POLICY, keyOf(id));
      return row ? { ...row.manifest, vars: row.vars } : null;
    },
    async code(id) {
      const [row] = await query<{ code: string }>(READ_CODE, keyOf(id));
      return row?.code ?? null;
    },
    async secret({ ws, ins, name, host }) {
      const [row] = await query<SecretRow>(READ_SECRET, [ws, ins, name]);
      if (!row || !boundHosts(row.origin)?.some((bound) => covers(bound, host))) return null;
      const { origin, version, dataKeyId, masterKeyId, wrapped } = row;
      try {
        const key = await openDataKey(masterKeys, { id: dataKeyId, workspaceId: ws, masterKeyId, wrapped });
        const binding = { workspaceId: ws, serverId: ins, origin, name, version, memberId: null };
        const value = await openSecret(key, row.sealed, binding, nodeCryptoPort);
        touch(row.id);
        return value;
      } catch (error) {
        log.error("function.secret_failed", { workspace: ws, server: ins, name, ...errorFields(error) });
        return null;
      }
    },
    record: ports.record,
  };
}
