import { inputRequired, type McpServer } from "@modelcontextprotocol/server";
import { z } from "zod";
import { text } from "./content";

type FormSchema = Parameters<typeof inputRequired.elicit>[0]["requestedSchema"];

const ENUMS = {
  type: "object",
  properties: {
    untitledSingle: { type: "string", enum: ["option1", "option2", "option3"] },
    titledSingle: {
      type: "string",
      oneOf: [
        { const: "value1", title: "First Option" },
        { const: "value2", title: "Second Option" },
        { const: "value3", title: "Third Option" },
      ],
    },
    legacyEnum: {
      type: "string",
      enum: ["opt1", "opt2", "opt3"],
      enumNames: ["Option One", "Option Two", "Option Three"],
    },
    untitledMulti: { type: "array", items: { type: "string", enum: ["option1", "option2", "option3"] } },
    titledMulti: {
      type: "array",
      items: {
        anyOf: [
          { const: "value1", title: "First Choice" },
          { const: "value2", title: "Second Choice" },
          { const: "value3", title: "Third Choice" },
        ],
      },
    },
  },
  required: [],
} as const;

const DEFAULTS = {
  type: "object",
  properties: {
    name: { type: "string", description: "User name", default: "John Doe" },
    age: { type: "integer", description: "User age", default: 30 },
    score: { type: "number", description: "User score", default: 95.5 },
    status: { type: "string", enum: ["active", "inactive", "pending"], default: "active" },
    verified: { type: "boolean", description: "Verified", default: true },
  },
  required: [],
} as const;

const PERSON = {
  type: "object",
  properties: { username: { type: "string" }, email: { type: "string" } },
  required: ["username", "email"],
} as const;

/**
 * Tools that ask their client once. They are written for 2026-07-28 (`input_required`); towards older clients the SDK
 * sends real server requests for them, so one tool shows both sides of a bridge.
 */
export function registerAskingTools(server: McpServer): void {
  const form = (name: string, description: string, message: string, requestedSchema: unknown) =>
    server.registerTool(name, { description }, (ctx) => {
      const { answer } = ctx.mcpReq.inputResponses ?? {};
      if (answer) return text(`Elicitation completed: ${JSON.stringify(answer)}`);
      const ask = inputRequired.elicit({ message, requestedSchema: requestedSchema as FormSchema });
      return inputRequired({ inputRequests: { answer: ask } });
    });

  server.registerTool(
    "test_sampling",
    { description: "Asks the client's model", inputSchema: z.object({ prompt: z.string() }) },
    ({ prompt }, ctx) => {
      const { answer } = ctx.mcpReq.inputResponses ?? {};
      if (answer) return text(`LLM response: ${JSON.stringify(answer)}`);
      const messages = [{ role: "user" as const, content: { type: "text" as const, text: prompt } }];
      return inputRequired({ inputRequests: { answer: inputRequired.createMessage({ messages, maxTokens: 100 }) } });
    },
  );
  server.registerTool(
    "test_elicitation",
    { description: "Asks the client's user", inputSchema: z.object({ message: z.string() }) },
    ({ message }, ctx) => {
      const { answer } = ctx.mcpReq.inputResponses ?? {};
      if (answer) return text(`User response: ${JSON.stringify(answer)}`);
      const ask = inputRequired.elicit({ message, requestedSchema: PERSON as unknown as FormSchema });
      return inputRequired({ inputRequests: { answer: ask } });
    },
  );
  form("test_elicitation_sep1034_defaults", "Asks with defaults", "Please review the form", DEFAULTS);
  form("test_elicitation_sep1330_enums", "Asks with all kinds of choices", "Please choose", ENUMS);
  form("test_streaming_elicitation", "Asks in the middle of a stream", "Please confirm", PERSON);
  // The SDK itself refuses this for a client that did not declare sampling (-32021).
  server.registerTool("test_missing_capability", { description: "Needs sampling" }, (ctx) => {
    if (ctx.mcpReq.inputResponses?.answer) return text("sampled");
    const messages = [{ role: "user" as const, content: { type: "text" as const, text: "Hello" } }];
    return inputRequired({ inputRequests: { answer: inputRequired.createMessage({ messages, maxTokens: 10 }) } });
  });
}
