import type { HeaderTemplate } from "@/db/schema/servers";
import { secretNames } from "@/lib/mcp/header-template";

/** Names of the secrets that these headers use, each once. */
export const neededSecrets = (headers: HeaderTemplate[]): string[] => [
  ...new Set(headers.flatMap((header) => secretNames(header.template))),
];

/** Of those, the ones with no stored value for the origin of `url`: never set, or set for where the server was before. */
export function missingSecrets(
  server: { url: string; headers: HeaderTemplate[] },
  stored: { name: string; origin: string }[],
): string[] {
  const origin = new URL(server.url).origin;
  return neededSecrets(server.headers).filter(
    (name) => !stored.some((secret) => secret.name === name && secret.origin === origin),
  );
}
