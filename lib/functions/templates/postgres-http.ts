import { defineServer, ToolError } from "@aerostack/server";
import { z } from "zod";

/** The HTTP endpoint of a Neon database: `api.` and its region, as its console shows. Use a role that may only read. */
const HOST = "api.eu-central-1.aws.neon.tech";

export default defineServer({
  name: "postgres",
  version: "1.0.0",
  instructions: "Look at the tables before you write a query. Ask for few rows.",
  secrets: { DATABASE_URL: { hosts: [HOST], in: ["header:neon-connection-string"] } },
  tools: (tool) => {
    const query = async (
      ctx: Parameters<Parameters<typeof tool>[0]["run"]>[1],
      sql: string,
      params: unknown[] = [],
    ) => {
      const response = await ctx.fetch(`https://${HOST}/sql`, {
        method: "POST",
        headers: { "neon-connection-string": ctx.secrets.DATABASE_URL, "content-type": "application/json" },
        body: JSON.stringify({ query: sql, params }),
      });
      const answer = (await response.json()) as { rows?: object[]; message?: string };
      if (!response.ok) throw new ToolError(`Postgres refused: ${answer.message ?? response.status}`);
      return answer.rows ?? [];
    };
    return {
      list_tables: tool({
        description: "List tables and their columns.",
        annotations: { readOnlyHint: true },
        run: async (_, ctx) => ({
          tables: await query(
            ctx,
            `select table_name, string_agg(column_name || ' ' || data_type, ', ' order by ordinal_position) as columns
             from information_schema.columns where table_schema = 'public' group by table_name order by table_name`,
          ),
        }),
      }),
      select: tool({
        description: "Run one SELECT; $1, $2 … stand for the parameters. At most 200 rows come back.",
        annotations: { readOnlyHint: true },
        input: z.object({
          sql: z.string().regex(/^\s*(?:select|with)\b/i, "must be one SELECT"),
          params: z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])).default([]),
        }),
        run: async ({ sql, params }, ctx) => {
          const rows = await query(ctx, `select * from (${sql.replace(/;\s*$/, "")}) as q limit 200`, params);
          return { rows };
        },
      }),
    };
  },
});
