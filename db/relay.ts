import type { Relay } from "@/lib/gateway/ports";
import type { Query } from "./query";

/** A node that was not seen for so long is gone; it looks for mail at least once a second. */
const GONE = "interval '30 seconds'";

/** Says that the node is there, though not with each look: the row would be written ten times a second. */
const TAKE = `
WITH here AS (INSERT INTO nodes (id)
  SELECT $1 WHERE NOT EXISTS (SELECT 1 FROM nodes WHERE id = $1 AND seen_at > now() - interval '5 seconds')
  ON CONFLICT (id) DO UPDATE SET seen_at = now()),
taken AS (DELETE FROM node_messages WHERE node = $1 RETURNING id, body)
SELECT body FROM taken ORDER BY id`;

const SEND = `
INSERT INTO node_messages (node, body)
SELECT id, $2 FROM nodes WHERE id = $1 AND seen_at > now() - ${GONE} RETURNING 1`;

const BROADCAST = `
INSERT INTO node_messages (node, body)
SELECT id, $2 FROM nodes WHERE id <> $1 AND seen_at > now() - ${GONE}`;

/** Messages between nodes by two tables. Times are the database's, so no node's clock matters. */
export function createRelay(query: Query): Relay {
  return {
    send: async (node, text) => (await query(SEND, [node, text])).length > 0,
    broadcast: async (from, text) => {
      await query(BROADCAST, [from, text]);
    },
    take: async (node) => (await query<{ body: string }>(TAKE, [node])).map(({ body }) => body),
  };
}
