import { isObject } from "@/lib/is-object";
import { type Era, TASKS_EXTENSION } from "@/lib/mcp/protocol";
import type { ClientProfile } from "@/lib/mcp/upstream";
import type { UpstreamServer } from "../ports";
import type { View } from "../scope";
import { isWebUrl } from "./web-url";

type Capabilities = Record<string, unknown>;

/** What one server is told of a client, and whether it may ask that client anything. */
export interface Told {
  /** Undefined: that it can do nothing, which is what a server is told by default. */
  profile: ClientProfile | undefined;
  asks: boolean;
}

const NOTHING: Told = { profile: undefined, asks: false };
const known = new WeakMap<Capabilities, Told[]>();

/**
 * What of a client's capabilities a server is told: no more than can be carried between the two. Questions (elicitation,
 * sampling, roots) are carried in all four combinations of eras; what belongs to one revision only where both speak it.
 * Worked out once for each client's declaration.
 */
export function toldOf(
  view: Pick<View, "era" | "only">,
  declared: Capabilities,
  server: Pick<UpstreamServer, "era">,
): Told {
  const ofClient = known.get(declared) ?? remember(declared);
  const upstream = server.era === null ? 0 : server.era === "legacy" ? 1 : 2;
  const place = upstream + (view.only ? 3 : 0) + (view.era === "modern" ? 6 : 0);
  ofClient[place] ??= workOut(view.era, view.only !== null, declared, server.era);
  return ofClient[place];
}

function remember(declared: Capabilities): Told[] {
  const ofClient: Told[] = [];
  known.set(declared, ofClient);
  return ofClient;
}

/** What a server's own stream is opened with; the same as for the client's requests, so that both share one session. */
export const profileOf = (
  view: Pick<View, "era" | "only">,
  declared: Capabilities,
  server: Pick<UpstreamServer, "era">,
): ClientProfile | undefined => toldOf(view, declared, server).profile;

const ASKABLE = ["elicitation", "sampling", "roots"] as const;

function workOut(client: Era, single: boolean, declared: Capabilities, upstream: Era | null): Told {
  const capabilities: Capabilities = {};
  for (const name of ASKABLE) if (isObject(declared[name])) capabilities[name] = declared[name];
  const asks = Object.keys(capabilities).length > 0;
  if (isObject(declared.extensions)) {
    const { [TASKS_EXTENSION]: tasks, ...extensions } = declared.extensions;
    const carried = tasks !== undefined && client === "modern" && upstream !== "legacy";
    if (carried) extensions[TASKS_EXTENSION] = tasks;
    if (Object.keys(extensions).length > 0) capabilities.extensions = extensions;
  }
  if (single && isObject(declared.experimental)) capabilities.experimental = declared.experimental;
  // Tasks of 2025-11-25 need both sides to be of that revision, and their ids to be the server's own.
  if (single && client === "legacy" && upstream !== "modern" && isObject(declared.tasks))
    capabilities.tasks = declared.tasks;
  return Object.keys(capabilities).length === 0 ? NOTHING : { profile: { capabilities }, asks };
}

/**
 * What a client would have to declare to be asked this, as far as it did not; null: it may be asked. Undefined: no client
 * is ever asked such a thing. A bare `elicitation` means forms, as it did before there were modes.
 */
export function missingToAsk(declared: Capabilities, method: string, params: unknown): Capabilities | null | undefined {
  const asked = isObject(params) ? params : {};
  switch (method) {
    case "roots/list":
      return isObject(declared.roots) ? null : { roots: {} };
    case "sampling/createMessage": {
      const needsTools = asked.tools !== undefined || asked.toolChoice !== undefined;
      const can = isObject(declared.sampling) && (!needsTools || isObject(declared.sampling.tools));
      return can ? null : { sampling: needsTools ? { tools: {} } : {} };
    }
    case "elicitation/create": {
      const mode = asked.mode === "url" ? "url" : "form";
      if (asked.url !== undefined && mode === "url" && !isWebUrl(asked.url)) return undefined;
      return canElicit(declared.elicitation, mode) ? null : { elicitation: { [mode]: {} } };
    }
    default:
      return undefined;
  }
}

function canElicit(declared: unknown, mode: "url" | "form"): boolean {
  if (!isObject(declared)) return false;
  return isObject(declared[mode]) || (mode === "form" && declared.url === undefined && declared.form === undefined);
}
