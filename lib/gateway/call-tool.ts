import { splice } from "@/lib/mcp/json-span";
import { paramHeaderValues } from "@/lib/mcp/param-headers";
import { RPC } from "@/lib/mcp/protocol";
import { splitName } from "@/lib/mcp/tool-name";
import { type Answer, failure, ownResult, success } from "./answer";
import { finish, isPlain } from "./bridge/finish";
import { builtinCall } from "./builtin-tools";
import type { Errand } from "./deliver";
import { errorMembers, failureMembers } from "./failure-text";
import { capResult } from "./kept-results";
import { refusalOf } from "./may-call";
import type { Message } from "./message";
import { OWN } from "./own-tools";
import { commit, denial, intentOf, type ParsedCall, parseCall, readCall } from "./record";
import { deliverOrResume } from "./resume";
import type { Engine, Scope } from "./scope";
import type { ExposedTool } from "./toolset";

const OWN_NAMES: ReadonlySet<string> = new Set(Object.values(OWN));

/**
 * The one path of a `tools/call`: check, resolve, record the intent, inject, forward, scrub, record the outcome.
 * Nothing reaches an upstream before its intent is committed, and a refused call leaves a row too.
 * @throws UnavailableError when the intent could not be committed: then nothing was sent
 */
export function callTool(engine: Engine, scope: Scope, message: Message): Promise<Answer> {
  const startedAt = performance.now();
  const call = parseCall(message);
  if (typeof call === "string") return Promise.resolve(failure(RPC.invalidParams, call));
  if (!scope.only && OWN_NAMES.has(call.name)) return callOwn(engine, scope, message, call, startedAt);
  return callServer(engine, scope, message, call, startedAt);
}

/** One of the gateway's own tools; one of them calls another tool in its place. */
async function callOwn(
  engine: Engine,
  scope: Scope,
  message: Message,
  call: ParsedCall,
  startedAt: number,
): Promise<Answer> {
  const own = await builtinCall(engine, scope, call.name, call.argumentsText ?? "{}");
  if (!own) return callServer(engine, scope, message, call, startedAt);
  if ("answer" in own) return ownResult(scope, own.answer.slice(1, -1), false);
  const { name, argumentsText } = own.inner;
  const renamed = splice(call.paramsText, [
    { start: call.nameSpan.valueStart, end: call.nameSpan.valueEnd, text: JSON.stringify(name) },
    ...argumentsEdit(call, argumentsText),
  ]);
  const inner = readCall(name, renamed);
  if (typeof inner === "string") return failure(RPC.invalidParams, inner);
  const params = { ...message.params, name, arguments: JSON.parse(argumentsText) as unknown };
  return callServer(engine, scope, { ...message, params }, inner, startedAt);
}

function argumentsEdit({ argumentsSpan }: ParsedCall, text: string) {
  return argumentsSpan ? [{ start: argumentsSpan.valueStart, end: argumentsSpan.valueEnd, text }] : [];
}

async function callServer(
  engine: Engine,
  scope: Scope,
  message: Message,
  call: ParsedCall,
  startedAt: number,
): Promise<Answer> {
  const tool = engine.toolsets.known(scope).byName.get(call.name) ?? (await resolve(engine, scope, call.name));
  const intent = await intentOf(engine, scope, message, call, tool);
  if (!tool) {
    await commit(engine, denial(intent, "unknown_tool", RPC.invalidParams));
    // One text for unknown and for switched off: the list is the only place that tells what exists.
    return failure(RPC.invalidParams, `Unknown tool: ${call.name}`);
  }
  const refusal = refusalOf(scope, tool, call, message);
  if (refusal) {
    await commit(engine, denial(intent, refusal.errorClass));
    return ownResult(scope, errorMembers(refusal.text), false);
  }
  const errand = new ToolErrand(engine, scope, tool, message, call);
  return deliverOrResume(engine, scope, intent, errand, { message, paramsText: call.paramsText, startedAt });
}

/** The tool behind a name unknown so far: its server is asked once, then it counts as unknown. */
async function resolve(engine: Engine, scope: Scope, name: string): Promise<ExposedTool | null> {
  const slug = splitName(name)?.slug;
  const server = scope.only ?? scope.workspace.servers.find((candidate) => candidate.slug === slug);
  if (!server || server.tools.length > 0) return null;
  return (await engine.toolsets.freshFor(server, scope, scope.principal.memberId)).byName.get(name) ?? null;
}

/** A call on its way to the tool's server. */
class ToolErrand implements Errand {
  readonly method = "tools/call";
  readonly server;
  readonly params: string;
  constructor(
    private readonly engine: Engine,
    private readonly asked: Scope,
    private readonly tool: ExposedTool,
    private readonly message: Message,
    private readonly call: ParsedCall,
  ) {
    this.server = tool.server;
    const { valueStart: start, valueEnd: end } = call.nameSpan;
    this.params = splice(call.paramsText, [{ start, end, text: JSON.stringify(tool.name) }]);
  }

  get subject(): string {
    return `tools/call ${this.server.id} ${this.tool.name}`;
  }

  again(params: string): Errand {
    const call = readCall(this.call.name, params);
    if (typeof call === "string") return this;
    return new ToolErrand(this.engine, this.asked, this.tool, this.message, call);
  }

  /** As the client sent them, or where it sends none by the tool's definition. */
  paramHeaders(): Record<string, string> | undefined {
    const { paramHeaders: declared } = this.tool;
    if (declared === "invalid" || declared.size === 0) return undefined;
    const sent = this.asked.paramHeaders;
    return Object.keys(sent).length > 0 ? sent : paramHeaderValues(declared, this.message.params?.arguments);
  }

  finish(...[scope, session, reply]: Parameters<Errand["finish"]>): Answer | Promise<Answer> {
    if (scope.workspace.resultCap !== null) return this.#capped(scope, session, reply);
    return isPlain(scope, session, reply) ? reply : finish(this.engine, scope, session, reply, this.#about);
  }

  async #capped(...[scope, session, reply]: Parameters<Errand["finish"]>): Promise<Answer> {
    const answer = await finish(this.engine, scope, session, reply, this.#about);
    return answer.kind === "error" ? answer : success(await capResult(this.engine, scope, answer.json));
  }

  get #about() {
    const { server, method, subject } = this;
    return { server, method, subject, places: "content" as const };
  }

  fail(scope: Scope, error: unknown): Answer {
    return ownResult(scope, failureMembers(this.server.slug, error, scope), false);
  }
}
