import { defineServer, ToolError } from "@aerostack/server";
import { z } from "zod";

/** Your API. Its host must stand below too: nothing else can be reached. */
const BASE = "https://api.example.com/v1";

export default defineServer({
  name: "my-api",
  version: "1.0.0",
  hosts: ["api.example.com"],
  secrets: { API_KEY: { hosts: ["api.example.com"], in: ["header:x-api-key"] } },
  limits: { deadlineMs: 15_000 },
  tools: (tool) => ({
    find_items: tool({
      description: "Find items by a word.",
      annotations: { readOnlyHint: true },
      input: z.object({ query: z.string().min(1), page: z.int().min(1).default(1) }),
      run: async ({ query, page }, ctx) => {
        const url = new URL(`${BASE}/items`);
        url.searchParams.set("q", query);
        url.searchParams.set("page", String(page));
        const response = await ctx.fetch(url, {
          headers: { accept: "application/json", "x-api-key": ctx.secrets.API_KEY },
        });
        if (!response.ok) throw new ToolError(`The API answered ${response.status}.`);
        return (await response.json()) as object;
      },
    }),
  }),
});
