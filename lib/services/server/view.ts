import { z } from "zod";
import { IsoTime } from "@/lib/services/fields";
import { ToolView } from "@/lib/services/tool/view";

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
});
export type ServerView = z.infer<typeof ServerView>;

/** One server with its tools and, for admins, the header templates (they name secrets, never hold them). */
export const ServerDetail = ServerView.extend({
  headers: z.array(z.object({ name: z.string(), template: z.string() })),
  toolList: z.array(ToolView),
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
