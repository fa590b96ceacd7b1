import { defineServer, ToolError } from "@aerostack/server";
import { z } from "zod";

/** Who receives the events. */
const HOST = "hooks.example.com";

export default defineServer({
  name: "webhook",
  version: "1.0.0",
  secrets: { WEBHOOK_TOKEN: { hosts: [HOST] } },
  tools: (tool) => ({
    send_event: tool({
      description: "Send an event to the webhook. The same id twice counts as one event.",
      annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: true },
      input: z.object({
        type: z.string().regex(/^[a-z]+(?:\.[a-z_]+)*$/, "must look like order.shipped"),
        id: z.string().max(64).optional().describe("Chosen for you where left out"),
        data: z.record(z.string(), z.unknown()),
      }),
      output: z.object({ id: z.string(), status: z.number() }),
      run: async ({ type, id = crypto.randomUUID(), data }, ctx) => {
        const body = JSON.stringify({ id, type, data, at: new Date().toISOString() });
        for (let attempt = 1; attempt <= 3; attempt++) {
          ctx.progress(attempt - 1, 3, `Attempt ${attempt}`);
          const response = await ctx.fetch(`https://${HOST}/events`, {
            method: "POST",
            headers: {
              authorization: `Bearer ${ctx.secrets.WEBHOOK_TOKEN}`,
              "content-type": "application/json",
              "idempotency-key": id,
            },
            body,
          });
          if (response.ok) return { id, status: response.status };
          ctx.log(`attempt ${attempt}: ${response.status}`);
          if (response.status < 500) throw new ToolError(`The receiver refused the event: ${response.status}.`);
          await new Promise((resolve) => setTimeout(resolve, 250 * 2 ** attempt));
        }
        throw new ToolError("The receiver failed three times. Send the event again later, with the same id.");
      },
    }),
  }),
});
