import { RPC } from "@/lib/mcp/protocol";
import type { UpstreamReply, UpstreamSession } from "@/lib/mcp/upstream";
import { type Answer, failure, identityOf, modernised, success } from "../answer";
import type { UpstreamServer } from "../ports";
import type { Engine, Scope } from "../scope";
import { exposeUri } from "../uris";
import { missingToAsk } from "./client-capabilities";
import { translateError } from "./errors";
import { writeInputRequired } from "./input-required";
import { resultTypeOf, type UriPlaces, withExposedUris, withObjectStructure } from "./results";
import { sealTask } from "./task-ids";
import { sealUrls } from "./urls-required";
import { asksToOpenOther, errorOpensOther } from "./web-url";

/** What the translation of an answer depends on besides the two eras. */
export interface Finishing {
  server: UpstreamServer;
  method: string;
  subject: string;
  places: UriPlaces;
  /** The URI that was read: as the server and as the client call it. */
  read?: { uri: string; exposed: string };
}

/**
 * A server's answer as its client takes it, for each of the four combinations of eras. Where both are of one family all
 * bytes stay but the URIs and task ids that the gateway exposes in its own form.
 */
export async function finish(
  engine: Pick<Engine, "keys">,
  scope: Scope,
  session: UpstreamSession,
  reply: UpstreamReply,
  about: Finishing,
): Promise<Answer> {
  if (reply.kind === "error") return finishError(engine, scope, session, reply.json, about);
  let { json } = reply;
  if (session.era === "modern") {
    const type = resultTypeOf(json);
    if (scope.era === "legacy" && type !== "complete")
      return failure(
        RPC.internalError,
        `The server "${about.server.slug}" gave a result that older clients cannot take.`,
      );
    if (type === "task" && !scope.only) return success(await sealTask(engine.keys, scope, about.server, json));
    if (type === "input_required" && asksToOpenOther(json)) return noPage(about);
    if (type !== "complete") return success(json);
    if (scope.era === "legacy" && about.places === "content") json = withObjectStructure(json);
  }
  if (!scope.only) json = withExposedUris(json, about.places, exposing(scope, about));
  if (scope.era === "legacy" || session.era === "modern") return success(json);
  return success(modernised(scope, json, session.info, about.method === "resources/read" ? 0 : null));
}

/** Whether an answer goes on to its client without a second look: the usual case, which `finish` need not be asked for. */
export const isPlain = (scope: Scope, session: UpstreamSession, reply: UpstreamReply): boolean =>
  scope.era === "legacy" &&
  session.era === "legacy" &&
  (reply.kind === "error" ? !errorOpensOther(reply.json) : scope.only !== null || !reply.json.includes('"resource'));

const noPage = ({ server }: Finishing): Answer =>
  failure(RPC.internalError, `The server "${server.slug}" wanted an address opened that is no web page.`);

function exposing(scope: Scope, { server, read }: Finishing): (uri: string) => string {
  return (uri) => (read && uri === read.uri ? read.exposed : exposeUri(scope, server, uri));
}

async function finishError(
  engine: Pick<Engine, "keys">,
  scope: Scope,
  session: UpstreamSession,
  json: string,
  about: Finishing,
): Promise<Answer> {
  if (errorOpensOther(json)) return noPage(about);
  if (scope.era === session.era || scope.era === "legacy") return { kind: "error", json };
  const canOpenUrls = missingToAsk(scope.capabilities, "elicitation/create", { mode: "url" }) === null;
  const translated = translateError(json, canOpenUrls);
  if (!("requests" in translated)) return translated;
  const state = await sealUrls(engine.keys, scope, about.subject, translated.requests.length);
  return success(writeInputRequired(translated.requests, state, identityOf(scope, session.info)));
}
