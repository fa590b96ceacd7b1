import type { KeptResults } from "@/lib/gateway/ports";
import type { Query } from "./query";

/** Results kept for one member at a time; the oldest go first. */
const MOST = 32;

const PUT = `
WITH crowd AS (DELETE FROM kept_results WHERE id IN (
  SELECT id FROM kept_results WHERE workspace_id = $2 AND member_id = $3 ORDER BY id DESC OFFSET ${MOST - 1}))
INSERT INTO kept_results (id, workspace_id, member_id, sealed, data_key_id, expires_at)
VALUES ($1, $2, $3, $4, $5, now() + interval '1 hour')`;

const FIND = `
SELECT sealed, data_key_id AS "keyId" FROM kept_results
WHERE id = $1 AND workspace_id = $2 AND member_id = $3 AND expires_at > now()`;

/** Keeps long results in the database, where every node finds them; at most 32 a member. */
export function createKeptResults(query: Query): KeptResults {
  return {
    async put({ id, workspaceId, memberId, sealed, keyId }) {
      await query(PUT, [id, workspaceId, memberId, sealed, keyId]);
    },
    async find({ id, workspaceId, memberId }) {
      const [row] = await query<{ sealed: string; keyId: string }>(FIND, [id, workspaceId, memberId]);
      return row ?? null;
    },
  };
}
