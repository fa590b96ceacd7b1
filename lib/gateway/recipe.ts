import type { SealedParts } from "@/lib/crypto/seal";
import { prepareSecret } from "@/lib/crypto/secret";
import { secretNames } from "@/lib/mcp/header-template";
import type { UpstreamServer, WorkspaceSnapshot } from "./ports";

/** What is fixed about a server's injection until its workspace changes; holds no secret in the clear. */
export interface Recipe {
  /** Secrets that the templates name, each once. */
  names: string[];
  /** Those of them that are not set, or are sealed for another origin than the server has today. */
  missing: string[];
  parts: {
    name: string;
    dataKey: { id: string; workspaceId: string; masterKeyId: string; wrapped: string };
    sealed: SealedParts;
  }[];
}

const recipes = new WeakMap<UpstreamServer, Recipe>();

/** The recipe of a server, worked out once for each snapshot. */
export function recipeOf(server: UpstreamServer, snapshot: WorkspaceSnapshot): Recipe {
  const known = recipes.get(server) ?? workOut(server, snapshot);
  recipes.set(server, known);
  return known;
}

/** Names of the secrets that a server's header templates use, each once. */
const namesIn = (server: UpstreamServer): string[] => [
  ...new Set(server.headers.flatMap((header) => secretNames(header.template))),
];

function workOut(server: UpstreamServer, snapshot: WorkspaceSnapshot): Recipe {
  const names = namesIn(server);
  const { origin } = new URL(server.url);
  const parts: Recipe["parts"] = [];
  for (const secret of server.secrets) {
    const dataKey = snapshot.dataKeys.find((key) => key.id === secret.dataKeyId);
    if (!dataKey || secret.origin !== origin || !names.includes(secret.name)) continue;
    const binding = {
      workspaceId: snapshot.id,
      serverId: server.id,
      origin,
      name: secret.name,
      version: secret.version,
    };
    const sealed = prepareSecret(secret.sealed, binding);
    parts.push({ name: secret.name, dataKey: { ...dataKey, workspaceId: snapshot.id }, sealed });
  }
  return { names, parts, missing: names.filter((name) => !parts.some((part) => part.name === name)) };
}
