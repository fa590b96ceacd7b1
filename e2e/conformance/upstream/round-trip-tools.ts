import {
  acceptedContent,
  type CallToolResult,
  CLIENT_CAPABILITIES_META_KEY,
  type ClientCapabilities,
  type InputRequiredResult,
  inputRequired,
  type McpServer,
  type RequestStateCodec,
  type ServerContext,
} from "@modelcontextprotocol/server";
import { z } from "zod";
import { said, text } from "./content";

const Name = z.object({ name: z.string() });
const Colour = z.object({ color: z.string() });
const Ok = z.object({ ok: z.boolean() });
const Context = z.object({ context: z.string() });

/** What a tool remembers across rounds, in the sealed `requestState`. */
export interface RoundState {
  round: number;
}

type Answer = CallToolResult | InputRequiredResult;

const ask = (message: string, requestedSchema: z.ZodObject) => inputRequired.elicit({ message, requestedSchema });
const sample = (prompt: string, maxTokens: number) =>
  inputRequired.createMessage({ messages: [{ role: "user", content: { type: "text", text: prompt } }], maxTokens });

/** The tools of the suite's `input-required-result-*` scenarios: one question, many, several rounds, sealed state. */
export function registerRoundTripTools(server: McpServer, codec: RequestStateCodec<RoundState>): void {
  const tool = (name: string, description: string, run: (ctx: ServerContext) => Answer | Promise<Answer>) =>
    server.registerTool(`test_input_required_result_${name}`, { description }, run);

  tool("elicitation", "Asks for a name", (ctx) => {
    const answer = acceptedContent(ctx.mcpReq.inputResponses, "user_name", Name);
    if (answer) return text(`Hello, ${answer.name}!`);
    return inputRequired({ inputRequests: { user_name: ask("What is your name?", Name) } });
  });
  tool("sampling", "Asks the client's model", (ctx) => {
    const answer = ctx.mcpReq.inputResponses?.capital_question;
    if (answer) return text(`The model said ${JSON.stringify(answer)}`);
    return inputRequired({ inputRequests: { capital_question: sample("What is the capital of France?", 100) } });
  });
  tool("list_roots", "Asks for the client's roots", (ctx) => {
    const answer = ctx.mcpReq.inputResponses?.client_roots;
    if (answer) return text(`The roots are ${JSON.stringify(answer)}`);
    return inputRequired({ inputRequests: { client_roots: inputRequired.listRoots() } });
  });
  tool("multiple_inputs", "Asks three things at once", async (ctx) => {
    const { user_name, greeting, client_roots } = ctx.mcpReq.inputResponses ?? {};
    if (user_name && greeting && client_roots) return text("All three answers came.");
    return inputRequired({
      inputRequests: {
        user_name: ask("What is your name?", Name),
        greeting: sample("Generate a greeting", 50),
        client_roots: inputRequired.listRoots(),
      },
      requestState: await codec.mint({ round: 1 }, ctx),
    });
  });
  for (const name of ["request_state", "tampered_state"])
    tool(name, "Keeps sealed state", async (ctx) => {
      const state = ctx.mcpReq.requestState<RoundState>();
      if (state && acceptedContent(ctx.mcpReq.inputResponses, "confirm", Ok)) return text("state-ok");
      const requestState = await codec.mint({ round: 1 }, ctx);
      return inputRequired({ inputRequests: { confirm: ask("Please confirm", Ok) }, requestState });
    });
  tool("multi_round", "Asks twice, one after the other", async (ctx) => {
    const state = ctx.mcpReq.requestState<RoundState>();
    if (state?.round === 2 && acceptedContent(ctx.mcpReq.inputResponses, "step2", Colour)) return text("Thank you.");
    const first = state && acceptedContent(ctx.mcpReq.inputResponses, "step1", Name);
    const requestState = await codec.mint({ round: first || state?.round === 2 ? 2 : 1 }, ctx);
    return first || state?.round === 2
      ? inputRequired({ inputRequests: { step2: ask("Step 2: What is your favorite color?", Colour) }, requestState })
      : inputRequired({ inputRequests: { step1: ask("Step 1: What is your name?", Name) }, requestState });
  });
  tool("capabilities", "Asks only what the client can answer", (ctx) => {
    const { by_user, by_model } = ctx.mcpReq.inputResponses ?? {};
    if (by_user || by_model) return text("answered");
    const can = capabilitiesOf(server, ctx);
    const inputRequests = {
      ...(can.sampling && { by_model: sample("Say hello", 10) }),
      ...(can.elicitation && { by_user: ask("What is your name?", Name) }),
    };
    if (Object.keys(inputRequests).length === 0) return text("The client can answer nothing.");
    return inputRequired({ inputRequests });
  });

  server.registerPrompt("test_input_required_result_prompt", { description: "A prompt that asks first" }, (ctx) => {
    const answer = acceptedContent(ctx.mcpReq.inputResponses, "user_context", Context);
    if (answer) return said(`Use this context: ${answer.context}`);
    return inputRequired({ inputRequests: { user_context: ask("What context should the prompt use?", Context) } });
  });
}

/** Of this request on 2026-07-28, of the session on older revisions. */
function capabilitiesOf(server: McpServer, ctx: ServerContext): ClientCapabilities {
  const envelope = ctx.mcpReq.envelope as Record<string, ClientCapabilities | undefined> | undefined;
  return envelope?.[CLIENT_CAPABILITIES_META_KEY] ?? server.server.getClientCapabilities() ?? {};
}
