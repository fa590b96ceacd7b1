import { isOtherSpelling } from "@/lib/access/spelling";
import { type Span, splice, topLevelSpans } from "@/lib/mcp/json-span";
import { RPC } from "@/lib/mcp/protocol";
import { type Answer, failure } from "./answer";
import { finish } from "./bridge/finish";
import type { Errand } from "./deliver";
import { failureText } from "./failure-text";
import { maySee } from "./may-see";
import type { Message } from "./message";
import type { UpstreamServer } from "./ports";
import { commit, denial, intentOf } from "./record";
import { deliverOrResume } from "./resume";
import type { Engine, Scope } from "./scope";

/** Longest URI that may be asked for, in characters. */
const MAX_URI = 8_192;

/** A resource by its server and that server's own URI. */
export interface FoundResource {
  server: UpstreamServer;
  uri: string;
}

/** `params.uri` of a request, with its place in the raw params. */
interface AskedUri {
  uri: string;
  paramsText: string;
  span: Span;
}

/** Reads it; a string says what is wrong with it. */
export function parseUri(message: Message): AskedUri | string {
  const params = message.spans.get("params");
  const uri = message.params?.uri;
  if (!params || typeof uri !== "string" || uri === "")
    return `${message.method} needs params.uri, the URI of a resource.`;
  if (uri.length > MAX_URI) return "params.uri is too long.";
  const paramsText = message.text.slice(params.valueStart, params.valueEnd);
  try {
    const spans = topLevelSpans(paramsText);
    const span = spans.get("uri");
    for (const key of spans.keys()) if (isOtherSpelling(key, "uri")) return "params.uri must be spelled exactly so.";
    return span ? { uri, paramsText, span } : "params.uri must be written plainly.";
  } catch {
    return "A key stands twice in the params.";
  }
}

/**
 * Whose resource a URI names, among the servers that the member sees: by its `<server>+` form, or bare where exactly one
 * server is known to have it, by its lists or by a tool that names it as its interface.
 */
export async function findResource(engine: Engine, scope: Scope, exposed: string): Promise<FoundResource | null> {
  const seen = (found: FoundResource | null) =>
    found && maySee(scope.principal.toolScope, found.server) ? found : null;
  const known = engine.offers.ownerOf(scope, exposed) ?? byTools(engine, scope, exposed);
  if (known) return seen(known);
  await engine.offers.fresh(scope, scope.principal);
  return seen(engine.offers.ownerOf(scope, exposed));
}

function byTools({ toolsets }: Engine, scope: Scope, uri: string): FoundResource | null {
  if (!uri.startsWith("ui://")) return null;
  const quoted = JSON.stringify(uri);
  const tools = toolsets.known(scope).tools.filter(({ definition }) => definition.includes(quoted));
  const [first] = tools;
  return first && tools.every(({ server }) => server === first.server) ? { server: first.server, uri } : null;
}

/** `resources/read`: recorded and carried as a call of a tool is. @throws UnavailableError when the row could not be committed */
export async function readResource(engine: Engine, scope: Scope, message: Message): Promise<Answer> {
  const startedAt = performance.now();
  const parsed = parseUri(message);
  if (typeof parsed === "string") return failure(RPC.invalidParams, parsed);
  const resource = await findResource(engine, scope, parsed.uri);
  const asked = { name: parsed.uri, argumentsText: null };
  const behind = resource && { server: resource.server, name: resource.uri, kind: null };
  const intent = await intentOf(engine, scope, message, asked, behind);
  const notFound = scope.era === "modern" ? RPC.invalidParams : RPC.resourceNotFound;
  if (!resource) {
    await commit(engine, denial(intent, "unknown_resource", notFound));
    return failure(notFound, "Resource not found", { uri: parsed.uri });
  }
  const errand = readErrand(engine, resource, parsed);
  return deliverOrResume(engine, scope, intent, errand, { message, paramsText: parsed.paramsText, startedAt });
}

function readErrand(engine: Engine, resource: FoundResource, asked: AskedUri): Errand {
  const { server, uri } = resource;
  const { uri: exposed, paramsText, span } = asked;
  const subject = `resources/read ${server.id} ${uri}`;
  const about = { server, method: "resources/read", subject, places: "contents" as const, read: { uri, exposed } };
  const errand: Errand = {
    server,
    method: about.method,
    subject,
    again(params) {
      const other = topLevelSpans(params).get("uri");
      return other ? readErrand(engine, resource, { ...asked, paramsText: params, span: other }) : errand;
    },
    params: splice(paramsText, [{ start: span.valueStart, end: span.valueEnd, text: JSON.stringify(uri) }]),
    paramHeaders: () => undefined,
    finish: (scope, session, reply) => finish(engine, scope, session, reply, about),
    fail: (scope, error) => failure(RPC.internalError, failureText(server.slug, error, scope)),
  };
  return errand;
}
