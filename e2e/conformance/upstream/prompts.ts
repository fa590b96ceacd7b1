import { completable, type McpServer } from "@modelcontextprotocol/server";
import { z } from "zod";
import { PNG, said } from "./content";
import type { FixtureState } from "./state";

const WORDS = ["paris", "park", "party", "testing"];
const suggested = (what: string) =>
  completable(z.string().describe(what), (value) => WORDS.filter((word) => word.startsWith(value)));

/** The suite's prompts, one with completion, and one that comes and goes. */
export function registerPrompts(server: McpServer, state: FixtureState): void {
  server.registerPrompt("test_simple_prompt", { description: "A simple prompt" }, () =>
    said("This is a simple prompt for testing."),
  );
  server.registerPrompt(
    "test_prompt_with_arguments",
    {
      description: "A prompt with required arguments",
      argsSchema: z.object({ arg1: suggested("First test argument"), arg2: suggested("Second test argument") }),
    },
    ({ arg1, arg2 }) => said(`Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`),
  );
  server.registerPrompt(
    "test_prompt_with_embedded_resource",
    { description: "A prompt with a resource", argsSchema: z.object({ resourceUri: z.string() }) },
    ({ resourceUri: uri }) => {
      const resource = { uri, mimeType: "text/plain", text: "Embedded resource content for testing." };
      const ask = said("Please process the embedded resource above.");
      return { messages: [{ role: "user", content: { type: "resource", resource } }, ...ask.messages] };
    },
  );
  server.registerPrompt("test_prompt_with_image", { description: "A prompt with a picture" }, () => ({
    messages: [
      { role: "user", content: { type: "image", data: PNG, mimeType: "image/png" } },
      ...said("Please analyze the image above.").messages,
    ],
  }));
  const shown = server.registerPrompt("test_sometimes", { description: "Comes and goes" }, () => said("here"));
  if (!state.prompt) shown.disable();
}
