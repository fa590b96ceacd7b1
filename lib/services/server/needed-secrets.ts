import type { HeaderTemplate, SecretMode } from "@/db/schema/servers";
import { secretNames } from "@/lib/mcp/header-template";

/** Names of the secrets that these headers use, each once. */
export const neededSecrets = (headers: HeaderTemplate[]): string[] => [
  ...new Set(headers.flatMap((header) => secretNames(header.template))),
];

/** Whose value fills a name: without an entry the workspace's. Own properties only: a name such as `CONSTRUCTOR` is no key here, but the habit is cheap. */
export const secretMode = (server: { secretModes: Record<string, SecretMode> }, name: string): SecretMode =>
  (Object.hasOwn(server.secretModes, name) && server.secretModes[name]) || "shared";

/**
 * Of those, the ones that wait for an admin: shared, with no value for the origin of `url` (never set, or set for where
 * the server was before). Names that members fill are not among them.
 */
export function missingSecrets(
  server: { url: string; headers: HeaderTemplate[]; secretModes: Record<string, SecretMode> },
  stored: { name: string; origin: string; memberId: string | null }[],
): string[] {
  const origin = new URL(server.url).origin;
  return neededSecrets(server.headers).filter(
    (name) =>
      secretMode(server, name) === "shared" &&
      !stored.some((secret) => secret.name === name && secret.origin === origin && secret.memberId === null),
  );
}
