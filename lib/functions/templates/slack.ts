import { defineServer, type ToolContext, ToolError } from "@aerostack/server";
import { z } from "zod";

export default defineServer({
  name: "slack",
  version: "1.0.0",
  secrets: { SLACK_BOT_TOKEN: { hosts: ["slack.com"], prefix: "xoxb-" } },
  tools: (tool) => ({
    send_message: tool({
      description: "Send a message to a Slack channel. The bot must be a member of it.",
      annotations: { readOnlyHint: false, destructiveHint: false, openWorldHint: true },
      input: z.object({
        channel: z.string().describe("Channel id, or its name with #"),
        text: z.string().min(1).max(4000),
        thread_ts: z.string().optional().describe("Answer in the thread of this message"),
      }),
      output: z.object({ channel: z.string(), ts: z.string() }),
      run: async (message, ctx) => {
        const sent = await slack<{ channel: string; ts: string }>(ctx, "chat.postMessage", message);
        return { channel: sent.channel, ts: sent.ts };
      },
    }),
    list_channels: tool({
      description: "List the public channels of the workspace.",
      annotations: { readOnlyHint: true },
      input: z.object({ cursor: z.string().optional(), limit: z.int().min(1).max(200).default(100) }),
      run: async ({ cursor = "", limit }, ctx) => {
        const found = await slack<{
          channels: { id: string; name: string; num_members: number }[];
          response_metadata?: { next_cursor?: string };
        }>(
          ctx,
          `conversations.list?${new URLSearchParams({ cursor, limit: String(limit), exclude_archived: "true" })}`,
        );
        const channels = found.channels.map(({ id, name, num_members }) => ({ id, name, members: num_members }));
        return { channels, next_cursor: found.response_metadata?.next_cursor || null };
      },
    }),
  }),
});

/** Slack answers 200 for failures too; what counts is `ok`. Reading methods take a query, the others JSON. */
async function slack<T>(ctx: ToolContext<"SLACK_BOT_TOKEN">, method: string, body?: object): Promise<T> {
  const response = await ctx.fetch(`https://slack.com/api/${method}`, {
    method: body ? "POST" : "GET",
    headers: {
      authorization: `Bearer ${ctx.secrets.SLACK_BOT_TOKEN}`,
      ...(body ? { "content-type": "application/json; charset=utf-8" } : {}),
    },
    body: body && JSON.stringify(body),
  });
  if (response.status === 429)
    throw new ToolError(`Slack is busy; wait ${response.headers.get("retry-after") ?? "30"} s.`);
  const answer = (await response.json()) as { ok: boolean; error?: string } & T;
  if (!answer.ok) throw new ToolError(`Slack refused: ${answer.error}`);
  return answer;
}
