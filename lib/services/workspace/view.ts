import { z } from "zod";
import { CallView } from "@/lib/services/call/view";
import { IsoTime } from "@/lib/services/fields";
import { RoleName } from "@/lib/services/member/view";

/** A workspace as one of its members sees it. */
export const WorkspaceView = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  /** The reader's own role. */
  role: RoleName,
  createdAt: IsoTime,
  /** Endpoint of the brief: every protocol era, HTTP+SSE too. */
  sseUrl: z.string(),
  /** The same workspace under the usual name of Streamable HTTP. */
  mcpUrl: z.string(),
});
export type WorkspaceView = z.infer<typeof WorkspaceView>;

/** Card of the workspace picker. */
export const WorkspaceListItem = WorkspaceView.extend({
  servers: z.number().int(),
  members: z.number().int(),
  /** Of the last 24 h; a plain member sees their own. */
  calls24h: z.number().int(),
});
export type WorkspaceListItem = z.infer<typeof WorkspaceListItem>;

/** Settings besides the name. */
export const WorkspaceSettingsView = z.object({
  /** 0: arguments of calls are not kept. */
  keepArgumentsDays: z.number().int(),
});
export type WorkspaceSettingsView = z.infer<typeof WorkspaceSettingsView>;

/** What was deleted, said once. */
export const DeletedView = z.object({ id: z.string(), slug: z.string().optional(), deleted: z.literal(true) });
export type DeletedView = z.infer<typeof DeletedView>;

/** Figures of the overview page; periods end now, lengths of 24 h. */
export const OverviewView = z.object({
  workspace: WorkspaceView,
  calls: z.object({
    last24h: z.number().int(),
    previous24h: z.number().int(),
    /** Errors, tool errors and refusals of the last 24 h. */
    failed24h: z.number().int(),
  }),
  servers: z.object({
    total: z.number().int(),
    enabled: z.number().int(),
    /** Enabled and without a known problem. */
    up: z.number().int(),
    problems: z.array(z.object({ slug: z.string(), name: z.string(), problem: z.string() })),
  }),
  tools: z.object({ total: z.number().int(), enabled: z.number().int() }),
  /** Members with a call in the last 24 h. */
  activeMembers: z.number().int(),
  members: z.number().int(),
  /** Tokens that work now. */
  activeTokens: z.number().int(),
  /** The newest ten; a plain member sees only their own. */
  lastCalls: z.array(CallView),
});
export type OverviewView = z.infer<typeof OverviewView>;

/** A mail domain whose people join the workspace when they first sign in by a provider. */
export const WorkspaceDomainView = z.object({ domain: z.string(), role: RoleName, createdAt: IsoTime });
export type WorkspaceDomainView = z.infer<typeof WorkspaceDomainView>;
