import type { Message } from "./message";
import { commit, denial, intentOf, parseCall } from "./record";
import type { Engine, Scope } from "./scope";

/** The row of a request that is refused before its message is so much as looked at; nothing is asked of any upstream. */
export async function recordRefusal(engine: Engine, scope: Scope, message: Message, errorClass: string): Promise<void> {
  if (message.kind !== "request") return;
  if (message.method === "tools/call") {
    const call = parseCall(message);
    if (typeof call === "string") return;
    const tool = engine.toolsets.known(scope).byName.get(call.name) ?? null;
    await commit(engine, denial(await intentOf(engine, scope, message, call, tool), errorClass));
  } else if (message.method === "prompts/get" || message.method === "resources/read") {
    const name = message.params?.name ?? message.params?.uri;
    if (typeof name !== "string") return;
    const asked = { name, argumentsText: null };
    await commit(engine, denial(await intentOf(engine, scope, message, asked, null), errorClass));
  }
}
