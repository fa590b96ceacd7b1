import { isObject } from "@/lib/is-object";
import { type Era, MODERN_VERSION, TASKS_EXTENSION } from "@/lib/mcp/protocol";
import type { UpstreamInfo } from "@/lib/mcp/upstream";
import { type Answer, identityOf, ownResult } from "./answer";
import type { UpstreamServer } from "./ports";
import type { Engine, Scope, View } from "./scope";

type Capabilities = Record<string, unknown>;
type Looked = View & Pick<Scope, "principal">;

/** Asks whom nobody ever asked, and on a single-server endpoint the server itself; the others are looked at for the next time. */
async function look({ offers, defer }: Engine, view: Looked, servers: UpstreamServer[]): Promise<void> {
  const { memberId } = view.principal;
  const isUnknown = (server: UpstreamServer) =>
    offers.capabilitiesOf(server, memberId) === null ||
    (view.only !== null && offers.infoOf(server, memberId) === null);
  const looking = offers.fresh(view, view.principal);
  if (servers.some(isUnknown)) await looking;
  else defer(looking);
}

/**
 * What this view offers: what any of its servers can, as far as it can be carried to a client of this era. Tools are
 * always there on a composed endpoint, where servers come and go.
 */
async function capabilitiesOf(engine: Engine, view: Looked): Promise<Capabilities> {
  const { offers } = engine;
  const { memberId } = view.principal;
  const servers = offers.serversOf(view, view.principal);
  await look(engine, view, servers);
  const known = servers.map((server) => ({
    era: offers.eraOf(server, memberId),
    can: offers.capabilitiesOf(server, memberId),
  }));
  const all = known.flatMap(({ can }): Capabilities[] => (can ? [can] : []));
  const any = (name: string) => all.some((can) => isObject(can[name]));
  const says = (name: string, what: string) => all.some((can) => isObject(can[name]) && can[name][what] === true);
  const capabilities: Capabilities = {};
  if (!view.only || any("tools") || all.length === 0) capabilities.tools = { listChanged: true };
  if (any("prompts")) capabilities.prompts = { listChanged: true };
  if (any("resources"))
    capabilities.resources = { ...(says("resources", "subscribe") && { subscribe: true }), listChanged: true };
  if (any("completions")) capabilities.completions = {};
  if (any("logging")) capabilities.logging = {};
  const extensions = extensionsOf(view, known);
  if (Object.keys(extensions).length > 0) capabilities.extensions = extensions;
  const [only] = view.only ? known : [];
  if (only?.can) {
    if (isObject(only.can.experimental)) capabilities.experimental = only.can.experimental;
    if (view.era === "legacy" && only.era !== "modern" && isObject(only.can.tasks)) {
      const { list: _, ...tasks } = only.can.tasks;
      capabilities.tasks = tasks;
    }
  }
  return capabilities;
}

/** Extensions of all servers; the first one's word counts where two differ. Tasks need modern servers and clients. */
function extensionsOf(view: View, known: { era: Era | null; can: Capabilities | null }[]): Capabilities {
  const extensions: Capabilities = {};
  for (const { era, can } of known) {
    if (!isObject(can?.extensions)) continue;
    for (const [name, value] of Object.entries(can.extensions)) {
      if (name === TASKS_EXTENSION && (view.era === "legacy" || era !== "modern")) continue;
      if (!Object.hasOwn(extensions, name)) extensions[name] = value;
    }
  }
  return extensions;
}

const infoOf = ({ offers }: Engine, { only, principal }: Looked): UpstreamInfo | null =>
  only && offers.infoOf(only, principal.memberId);

function instructionsOf(view: View, info: UpstreamInfo | null): string | undefined {
  if (view.only) return info?.instructions;
  const how = view.workspace.searchMode
    ? "Its tools are not listed: find_tools finds one for a task, describe_tool tells its arguments, call_tool calls it."
    : "Names of tools and prompts are <server>__<name>, URIs of resources <server>+<uri>.";
  return `What the servers of the workspace "${view.workspace.name}" offer. ${how}`;
}

/** The result of `initialize`, as JSON text. */
export async function welcome(engine: Engine, view: Looked, hello: { protocolVersion: string }): Promise<string> {
  const capabilities = await capabilitiesOf(engine, view);
  const info = infoOf(engine, view);
  const instructions = instructionsOf(view, info);
  const more = instructions === undefined ? "" : `,"instructions":${JSON.stringify(instructions)}`;
  return `{"protocolVersion":${JSON.stringify(hello.protocolVersion)},"capabilities":${JSON.stringify(capabilities)},"serverInfo":${identityOf(view, info)}${more}}`;
}

/** `server/discover` of 2026-07-28. */
export async function discover(engine: Engine, view: Looked): Promise<Answer> {
  const capabilities = await capabilitiesOf(engine, view);
  const info = infoOf(engine, view);
  const instructions = instructionsOf(view, info);
  const result = {
    supportedVersions: [MODERN_VERSION],
    capabilities,
    ...(instructions !== undefined && { instructions }),
  };
  return ownResult(view, JSON.stringify(result).slice(1, -1), true, info);
}
