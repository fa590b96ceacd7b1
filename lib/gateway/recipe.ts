import type { SealedParts } from "@/lib/crypto/seal";
import { prepareSecret } from "@/lib/crypto/secret";
import { secretNames } from "@/lib/mcp/header-template";
import { BoundedMap } from "./bounded-map";
import type { CredentialUse, SealedSecret, UpstreamServer, WorkspaceSnapshot } from "./ports";

/** What is fixed about a server's injection until its workspace changes; holds no secret in the clear. */
export interface Recipe {
  /** Secrets that the templates name, each once. */
  names: string[];
  /** Those of them without a value, or sealed for another origin than the server has today; `own`: the member can set it. */
  missing: { name: string; own: boolean }[];
  parts: {
    name: string;
    dataKey: { id: string; workspaceId: string; masterKeyId: string; wrapped: string };
    sealed: SealedParts;
  }[];
  /** The rows behind `parts`. */
  uses: CredentialUse["secrets"];
}

const NO_MEMBER = "";
const recipes = new WeakMap<UpstreamServer, BoundedMap<string, Recipe>>();

/** Whether any header of a server is filled with members' own values, so that members must not share its sessions. */
export const isPersonal = (server: UpstreamServer): boolean =>
  Object.values(server.secretModes).some((mode) => mode !== "shared");

/** The recipe of a server for one member (null: for nobody, with shared values only), worked out once for each snapshot. */
export function recipeOf(server: UpstreamServer, snapshot: WorkspaceSnapshot, memberId: string | null): Recipe {
  const key = (isPersonal(server) && memberId) || NO_MEMBER;
  const ofServer = recipes.get(server) ?? new BoundedMap<string, Recipe>(1_000);
  recipes.set(server, ofServer);
  const known = ofServer.get(key) ?? workOut(server, snapshot, key === NO_MEMBER ? null : key);
  ofServer.set(key, known);
  return known;
}

/** Names of the secrets that a server's header templates use, each once. */
const namesIn = (server: UpstreamServer): string[] => [
  ...new Set(server.headers.flatMap((header) => secretNames(header.template))),
];

const modeOf = (server: UpstreamServer, name: string) =>
  (Object.hasOwn(server.secretModes, name) && server.secretModes[name]) || "shared";

function workOut(server: UpstreamServer, snapshot: WorkspaceSnapshot, memberId: string | null): Recipe {
  const names = namesIn(server);
  const { origin } = new URL(server.url);
  const recipe: Recipe = { names, missing: [], parts: [], uses: [] };
  const findValue = (name: string, owner: string | null) =>
    server.secrets.find((x) => x.name === name && x.memberId === owner && x.origin === origin);
  for (const name of names) {
    const mode = modeOf(server, name);
    const own = mode === "shared" || memberId === null ? undefined : findValue(name, memberId);
    const secret = own ?? (mode === "member" ? undefined : findValue(name, null));
    const dataKey = snapshot.dataKeys.find((key) => key.id === secret?.dataKeyId);
    if (!secret || !dataKey) {
      recipe.missing.push({ name, own: mode !== "shared" });
      continue;
    }
    const sealed = prepareSecret(secret.sealed, bindingOf(secret, server.id, snapshot.id));
    recipe.parts.push({ name, dataKey: { ...dataKey, workspaceId: snapshot.id }, sealed });
    recipe.uses.push({ serverId: server.id, name, memberId: secret.memberId });
  }
  return recipe;
}

const bindingOf = ({ origin, name, version, memberId }: SealedSecret, serverId: string, workspaceId: string) => ({
  workspaceId,
  serverId,
  origin,
  name,
  version,
  memberId,
});
