import { RPC } from "@/lib/mcp/protocol";
import { type Answer, failure, ownResult } from "./answer";
import { callTool } from "./call-tool";
import { discover } from "./capabilities";
import { complete } from "./complete";
import { listOffers } from "./compose-offers";
import { getPrompt } from "./get-prompt";
import type { Message } from "./message";
import { readResource } from "./read-resource";
import type { Engine, Scope } from "./scope";
import type { OfferKind } from "./show-offer";
import { setClientLevel, subscribe } from "./subscribe";
import { isTaskMethod, onTask } from "./tasks";
import { listFor } from "./toolset";

export type { Answer } from "./answer";

type Operation = (engine: Engine, scope: Scope, message: Message) => Promise<Answer>;

/** Of every revision. */
const ALWAYS: Record<string, Operation> = {
  "tools/list": listTools,
  "tools/call": callTool,
  "prompts/list": (...asked) => list("prompts", ...asked),
  "prompts/get": getPrompt,
  "resources/list": (...asked) => list("resources", ...asked),
  "resources/templates/list": (...asked) => list("resourceTemplates", ...asked),
  "resources/read": readResource,
  "completion/complete": complete,
};

/** What only one family of revisions has. `initialize` and `subscriptions/listen` are its transport's. */
const OF_ERA: Record<Scope["era"], Record<string, Operation>> = {
  legacy: {
    ping: async (_engine, scope) => ownResult(scope, "", false),
    "logging/setLevel": async (...asked) => setClientLevel(...asked),
    "resources/subscribe": subscribe,
    "resources/unsubscribe": subscribe,
  },
  modern: { "server/discover": discover },
};

/**
 * Does what one request asks for; the answer is complete for its client's era.
 * @throws UnavailableError when it could not be recorded: then nothing was done
 */
export function operate(engine: Engine, scope: Scope, message: Message): Promise<Answer> {
  const { method } = message;
  const operation = own(ALWAYS, method) ?? own(OF_ERA[scope.era], method);
  if (operation) return operation(engine, scope, message);
  if (isTaskMethod(scope, method)) return onTask(engine, scope, message);
  return Promise.resolve(failure(RPC.methodNotFound, `Method not found: ${method.slice(0, 100)}`));
}

const own = (operations: Record<string, Operation>, method: string): Operation | undefined =>
  Object.hasOwn(operations, method) ? operations[method] : undefined;

/** Every list is one page, so no cursor of ours exists. */
const unknownCursor = (message: Message): Answer | null =>
  message.params?.cursor === undefined ? null : failure(RPC.invalidParams, "Unknown cursor.");

async function listTools(engine: Engine, scope: Scope, message: Message): Promise<Answer> {
  const refused = unknownCursor(message);
  if (refused) return refused;
  const toolset = await engine.toolsets.fresh(scope, scope.principal.memberId);
  engine.uses.noteList(scope);
  return ownResult(
    scope,
    `"tools":${listFor(toolset, scope.principal.toolScope, scope.era)}`,
    true,
    infoOf(engine, scope),
  );
}

async function list(kind: OfferKind, engine: Engine, scope: Scope, message: Message): Promise<Answer> {
  const refused = unknownCursor(message);
  if (refused) return refused;
  await engine.offers.fresh(scope, scope.principal);
  const texts = listOffers(engine.offers, scope, scope.principal, kind);
  return ownResult(scope, `"${kind}":${texts}`, true, infoOf(engine, scope));
}

const infoOf = ({ offers }: Engine, { only, principal }: Scope) => only && offers.infoOf(only, principal.memberId);
