import { defineServer } from "@aerostack/server";
import { z } from "zod";

export default defineServer({
  name: "hello",
  version: "1.0.0",
  tools: (tool) => ({
    greet: tool({
      description: "Greet someone by name.",
      annotations: { readOnlyHint: true },
      input: z.object({ name: z.string().min(1).max(100).describe("Who to greet") }),
      output: z.object({ greeting: z.string() }),
      run: ({ name }) => ({ greeting: `Hello, ${name}!` }),
    }),
  }),
});
