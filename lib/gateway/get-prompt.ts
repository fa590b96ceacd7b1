import { splice } from "@/lib/mcp/json-span";
import { RPC } from "@/lib/mcp/protocol";
import { type Answer, failure } from "./answer";
import { finish, isPlain } from "./bridge/finish";
import { exposedOffers } from "./compose-offers";
import type { Errand } from "./deliver";
import { failureText } from "./failure-text";
import type { Message } from "./message";
import type { UpstreamServer } from "./ports";
import { commit, denial, intentOf, type ParsedCall, parseCall, readCall } from "./record";
import { deliverOrResume } from "./resume";
import type { Engine, Scope } from "./scope";

/** The prompt behind an exposed name. */
export interface FoundPrompt {
  server: UpstreamServer;
  /** The upstream's own name. */
  name: string;
}

/** Finds a prompt among those that the member sees; where it is unknown, after a look at what the servers offer now. */
export async function findPrompt(engine: Engine, scope: Scope, name: string): Promise<FoundPrompt | null> {
  const known = () => {
    const entry = exposedOffers(engine.offers, scope, scope.principal, "prompts").find(
      ({ exposed }) => exposed === name,
    );
    return entry ? { server: entry.server, name: entry.key } : null;
  };
  const found = known();
  if (found) return found;
  await engine.offers.fresh(scope, scope.principal);
  return known();
}

/** `prompts/get`: recorded and carried as a call of a tool is. @throws UnavailableError when the row could not be committed */
export async function getPrompt(engine: Engine, scope: Scope, message: Message): Promise<Answer> {
  const startedAt = performance.now();
  const call = parseCall(message);
  if (typeof call === "string") return failure(RPC.invalidParams, call);
  const prompt = await findPrompt(engine, scope, call.name);
  const intent = await intentOf(engine, scope, message, call, prompt && { ...prompt, kind: null });
  if (!prompt) {
    await commit(engine, denial(intent, "unknown_prompt", RPC.invalidParams));
    return failure(RPC.invalidParams, `Unknown prompt: ${call.name}`);
  }
  const errand = promptErrand(engine, prompt, call);
  return deliverOrResume(engine, scope, intent, errand, { message, paramsText: call.paramsText, startedAt });
}

function promptErrand(engine: Engine, prompt: FoundPrompt, call: ParsedCall): Errand {
  const { server, name } = prompt;
  const { valueStart: start, valueEnd: end } = call.nameSpan;
  const subject = `prompts/get ${server.id} ${name}`;
  const about = { server, method: "prompts/get", subject, places: "messages" as const };
  const errand: Errand = {
    server,
    method: about.method,
    subject,
    again(params) {
      const other = readCall(call.name, params);
      return typeof other === "string" ? errand : promptErrand(engine, prompt, other);
    },
    params: splice(call.paramsText, [{ start, end, text: JSON.stringify(name) }]),
    paramHeaders: () => undefined,
    finish: (scope, session, reply) =>
      isPlain(scope, session, reply) ? reply : finish(engine, scope, session, reply, about),
    fail: (scope, error) => failure(RPC.internalError, failureText(server.slug, error, scope)),
  };
  return errand;
}
