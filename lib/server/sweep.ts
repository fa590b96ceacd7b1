import type { Query } from "@/db/query";

/** Each one statement of its own: what fails does not keep the others. */
const STATEMENTS = [
  "DELETE FROM kept_results WHERE expires_at < now()",
  // Raises the version, so that no node goes on with the names that it read before.
  `WITH gone AS (DELETE FROM former_names WHERE until < now() RETURNING workspace_id)
    UPDATE workspaces SET version = version + 1 WHERE id IN (SELECT workspace_id FROM gone)`,
  // Ten minutes are far beyond what any node still waits for.
  "DELETE FROM node_messages WHERE created_at < now() - interval '10 minutes'",
  "DELETE FROM nodes WHERE seen_at < now() - interval '10 minutes'",
];

/**
 * Removes what has outlived its short use: results kept for an hour, names that answered for 30 days after a rename,
 * messages to nodes that are gone, and those nodes.
 */
export async function sweepShortLived(query: Query): Promise<void> {
  for (const statement of STATEMENTS) await query(statement);
}
