import { expect, expectTypeOf, test } from "vitest";
import { z } from "zod";
import { tool as bare, defineServer } from "./server";

test("arguments, answers and the names of secrets are typed", () => {
  const server = defineServer({
    name: "typed",
    secrets: { API_TOKEN: { hosts: ["api.example.com"] } },
    tools: (tool) => ({
      add: tool({
        description: "Adds",
        input: z.object({ a: z.number(), b: z.number().default(1) }),
        output: z.object({ sum: z.number() }),
        run: ({ a, b }, ctx) => {
          expectTypeOf(a).toEqualTypeOf<number>();
          expectTypeOf(b).toEqualTypeOf<number>();
          expectTypeOf(ctx.secrets).toEqualTypeOf<{ readonly API_TOKEN: string }>();
          return { sum: a + b };
        },
      }),
      plain: tool({
        description: "Plain",
        input: { type: "object", properties: { a: { type: "string" } } },
        run: (args) => {
          expectTypeOf(args).toEqualTypeOf<Record<string, unknown>>();
        },
      }),
    }),
  });
  expect(server.manifest.hosts).toEqual([{ host: "api.example.com" }]);
});

test("tools written apart need no names of secrets; a name that is not declared fails the call", async () => {
  const apart = bare({ description: "Apart", run: (_, ctx) => ctx.secrets.TWO });
  const server = defineServer({ name: "apart", secrets: { ONE: { hosts: ["a.example.com"] } }, tools: { apart } });
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "apart" } });
  const answer = await server.fetch(new Request("https://f/mcp", { method: "POST", body }), { ONE: "placeholder" });
  expect(await answer.text()).toContain("The secret TWO is not set or not declared");
});
