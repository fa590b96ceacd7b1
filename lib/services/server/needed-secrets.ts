import type { HeaderTemplate, SecretMode } from "@/db/schema/servers";
import { secretNames } from "@/lib/mcp/header-template";

/** Names of the secrets that these headers use, each once. */
export const neededSecrets = (headers: HeaderTemplate[]): string[] => [
  ...new Set(headers.flatMap((header) => secretNames(header.template))),
];

/** Whose value fills a name: without an entry the workspace's. Own properties only: a name such as `CONSTRUCTOR` is no key here, but the habit is cheap. */
export const secretMode = (server: { secretModes: Record<string, SecretMode> }, name: string): SecretMode =>
  (Object.hasOwn(server.secretModes, name) && server.secretModes[name]) || "shared";
