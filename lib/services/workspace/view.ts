import { z } from "zod";
import { TopToolView } from "@/lib/services/analytics/view";
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
  /** The same by hour, oldest first. */
  spark24h: z.array(z.number().int()),
});
export type WorkspaceListItem = z.infer<typeof WorkspaceListItem>;

/** Settings besides the name. */
export const WorkspaceSettingsView = z.object({
  /** 0: payloads of calls are not kept. */
  keepArgumentsDays: z.number().int(),
  /** Whether results are kept with the arguments. */
  keepResults: z.boolean(),
  /** Fields whose values are left out, besides those that always are. */
  redactFields: z.array(z.string()),
  retentionDays: z.number().int(),
  /** Where requests may come from; empty: everywhere. Null for readers who may not change it. */
  ipAllow: z.array(z.string()).nullable(),
  maxTokenDays: z.number().int().nullable(),
  /** Longest name of a tool as clients see it, in characters. */
  nameLength: z.number().int(),
  /** Clients get tools that find, describe and call the others, in place of the full list. */
  searchMode: z.boolean(),
  /** Characters of a result that go out at once; null: no bound. */
  resultCap: z.number().int().nullable(),
});
export type WorkspaceSettingsView = z.infer<typeof WorkspaceSettingsView>;

/** What changes of settings would touch. Counts of calls stop at 100,000. */
export const SettingsEffectsView = z.object({
  servers: z.number().int(),
  members: z.number().int(),
  /** Tokens and OAuth grants that work now. */
  tokens: z.number().int(),
  grants: z.number().int(),
  keptArguments: z.number().int(),
  keptResults: z.number().int(),
  /** Calls older than the term that was asked for; 0 where none was. */
  olderCalls: z.number().int(),
  /** The address that this request came from, as the gateway would see it. */
  yourAddress: z.string().nullable(),
});
export type SettingsEffectsView = z.infer<typeof SettingsEffectsView>;

/** What the toolset takes of a model's context, and what could be saved. Of tools that are on, of servers that are on. */
export const ContextView = z.object({
  tools: z.number().int(),
  /** Tokens that the list takes, and that search mode would take in its place: estimates, four characters a token. */
  listTokens: z.number().int(),
  searchTokens: z.number().int(),
  /** How many full names (`slug__tool`) have so many characters, of those beyond 45, by length. */
  longNames: z.array(z.object({ length: z.number().int(), tools: z.number().int() })),
});
export type ContextView = z.infer<typeof ContextView>;

/** What was deleted, said once. */
export const DeletedView = z.object({ id: z.string(), slug: z.string().optional(), deleted: z.literal(true) });
export type DeletedView = z.infer<typeof DeletedView>;

/** Figures of the overview page; periods end now, lengths of 24 h. Figures of calls are a plain member's own. */
export const OverviewView = z.object({
  workspace: WorkspaceView,
  calls: z.object({
    last24h: z.number().int(),
    previous24h: z.number().int(),
    /** Errors, tool errors and refusals of the last 24 h. */
    failed24h: z.number().int(),
    /** Since midnight UTC, and up to the same time of day a week ago. */
    today: z.number().int(),
    sameDayLastWeek: z.number().int(),
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
  /** The newest five refused calls, however old. */
  recentDenials: z.array(CallView),
  /** The five most called of the last 24 h. */
  topTools: z.array(TopToolView),
});
export type OverviewView = z.infer<typeof OverviewView>;

/** How far a workspace has come, and the reader in it. */
export const SetupProgressView = z.object({
  hasServer: z.boolean(),
  /** Some tool is on, of a server that is on. */
  hasTool: z.boolean(),
  /** Some token works now. */
  hasToken: z.boolean(),
  /** Some token or grant was used by a client. */
  connected: z.boolean(),
  hasCall: z.boolean(),
  /** There is more than one member. */
  hasTeam: z.boolean(),
  /** The reader made a call that succeeded. */
  ownCall: z.boolean(),
  /** An admin put the set-up aside. */
  skipped: z.boolean(),
});
export type SetupProgressView = z.infer<typeof SetupProgressView>;

/** A mail domain whose people join the workspace when they first sign in by a provider. */
export const WorkspaceDomainView = z.object({ domain: z.string(), role: RoleName, createdAt: IsoTime });
export type WorkspaceDomainView = z.infer<typeof WorkspaceDomainView>;
