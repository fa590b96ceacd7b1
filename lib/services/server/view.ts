import { z } from "zod";
import { IsoTime } from "@/lib/services/fields";
import { ListedTool, ToolView } from "@/lib/services/tool/view";

/** What a test of a server showed. */
export const ProbeView = z.object({
  ok: z.boolean(),
  /** In words for an admin: what was seen and what to do next. */
  message: z.string(),
  /**
   * Null when ok; `missing_secret` (nothing was sent), or what the attempt met: `unauthorized`, `unreachable`,
   * `refused_address`, `timeout`, `redirect`, `status`, `not_mcp`, `too_large`, `aborted`, `tool_failed` (the
   * test call), `error`.
   */
  problem: z.string().nullable(),
  /** The server's HTTP status, where it answered with an error. */
  status: z.number().int().nullable(),
  transport: z.enum(["streamable-http", "sse"]).nullable(),
  protocolVersion: z.string().nullable(),
  serverName: z.string().nullable(),
  serverVersion: z.string().nullable(),
  tools: z.array(ToolView),
});
export type ProbeView = z.infer<typeof ProbeView>;

/** A server as lists show it. */
export const ServerView = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  kind: z.enum(["hosted", "proxy", "hub"]),
  /** Empty for a hosted server. */
  url: z.string(),
  transport: z.enum(["streamable-http", "sse"]),
  enabled: z.boolean(),
  /** `off`: switched off. `needs_secret`: waits for a secret. `problem`: last test failed. `up`: last test was good. */
  status: z.enum(["up", "problem", "needs_secret", "off"]),
  problem: z.string().nullable(),
  missingSecrets: z.array(z.string()),
  tools: z.object({ total: z.number().int(), enabled: z.number().int() }),
  protocolVersion: z.string().nullable(),
  serverName: z.string().nullable(),
  serverVersion: z.string().nullable(),
  probedAt: IsoTime.nullable(),
  createdAt: IsoTime,
  /** Slug of the Hub listing it was installed from, and the name of its brand mark. */
  listing: z.string().nullable(),
  icon: z.string().nullable(),
});
export type ServerView = z.infer<typeof ServerView>;

/** One server with its tools and, for admins, the header templates (they name secrets, never hold them). */
export const ServerDetail = ServerView.extend({
  headers: z.array(z.object({ name: z.string(), template: z.string() })),
  toolList: z.array(ListedTool),
});
export type ServerDetail = z.infer<typeof ServerDetail>;

/** Answer of add, update and refresh. */
export const ServerSaved = z.object({
  server: ServerView,
  /** Null where the change (a new name) gave no reason to test. */
  probe: ProbeView.nullable(),
  missingSecrets: z.array(z.string()),
  warnings: z.array(z.string()),
  /** Names of tools that this test added, removed or found described otherwise. */
  changes: z.object({ added: z.array(z.string()), removed: z.array(z.string()), changed: z.array(z.string()) }),
});
export type ServerSaved = z.infer<typeof ServerSaved>;

/** How a server did in the last 24 hours. */
export const ServerHealthView = z.object({
  /** Its slug at the time of the calls. */
  server: z.string(),
  /** ms; null: no calls, or not known for this reader. */
  p95: z.number().nullable(),
  lastError: z.object({ at: IsoTime, errorClass: z.string().nullable() }).nullable(),
});
export type ServerHealthView = z.infer<typeof ServerHealthView>;

/** What goes with a server: names of tools and of members who can use it, and how many secrets and rules. */
export const ServerRemovalView = z.object({
  tools: z.array(z.string()),
  members: z.array(z.string()),
  secrets: z.number().int(),
  rules: z.number().int(),
});
export type ServerRemovalView = z.infer<typeof ServerRemovalView>;
