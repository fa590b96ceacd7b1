import { z } from "zod";
import { IsoTime } from "@/lib/services/fields";
import { ToolView } from "@/lib/services/tool/view";

/** A starting point. */
export const TemplateView = z.object({ id: z.string(), title: z.string(), description: z.string() });
export type TemplateView = z.infer<typeof TemplateView>;

/** What a deployment may do. */
export const ManifestView = z.object({
  hosts: z.array(
    z.object({
      host: z.string(),
      http: z.boolean().optional(),
      ports: z.array(z.number().int()).optional(),
      private: z.boolean().optional(),
    }),
  ),
  secrets: z.record(
    z.string(),
    z.object({ hosts: z.array(z.string()), in: z.array(z.string()).optional(), prefix: z.string().optional() }),
  ),
  limits: z.object({ deadlineMs: z.number().int(), concurrency: z.number().int() }),
});
export type ManifestView = z.infer<typeof ManifestView>;

/** One immutable build. */
export const DeploymentView = z.object({
  id: z.string(),
  version: z.number().int(),
  /** Of its code; its name for ever. */
  sha256: z.string(),
  /** The one that answers. */
  active: z.boolean(),
  note: z.string().nullable(),
  /** Name of who made it. */
  createdBy: z.string(),
  createdAt: IsoTime,
  /** How long it took to start in its trial. */
  startMs: z.number().int(),
  /** Of its code. */
  bytes: z.number().int(),
  manifest: ManifestView,
  toolNames: z.array(z.string()),
});
export type DeploymentView = z.infer<typeof DeploymentView>;

export const DeploymentPage = z.object({
  deployments: z.array(DeploymentView),
  /** Give it as `cursor` for the next page; null at the end. */
  nextCursor: z.string().nullable(),
});
export type DeploymentPage = z.infer<typeof DeploymentPage>;

/** Whether functions can run here, and why not. Code can be edited all the same. */
export const EngineView = z.object({ ok: z.boolean(), reason: z.string().nullable() });
export type EngineView = z.infer<typeof EngineView>;

/** A function as lists show it. */
export const FunctionView = z.object({
  id: z.string(),
  /** Of its server, by which everything names it. */
  slug: z.string(),
  serverId: z.string(),
  name: z.string(),
  enabled: z.boolean(),
  /**
   * `draft`: nothing deployed yet. `off`: switched off. `paused`: after repeated crashes, until `pausedUntil`.
   * `needs_secret`: a declared secret has no value. `live`: it answers.
   */
  state: z.enum(["draft", "off", "paused", "needs_secret", "live"]),
  pausedUntil: IsoTime.nullable(),
  missingSecrets: z.array(z.string()),
  /** Of the active deployment; null before the first. */
  version: z.number().int().nullable(),
  deployedAt: IsoTime.nullable(),
  /** Tools that clients see. */
  tools: z.number().int(),
  /** In the last 24 hours. */
  calls: z.number().int(),
  updatedAt: IsoTime,
});
export type FunctionView = z.infer<typeof FunctionView>;

export const FunctionList = z.object({ functions: z.array(FunctionView), engine: EngineView });
export type FunctionList = z.infer<typeof FunctionList>;

/** One secret that the deployment declares. */
export const FunctionSecret = z.object({
  name: z.string(),
  hosts: z.array(z.string()),
  in: z.array(z.string()),
  state: z.enum(["set", "missing", "outdated"]),
});
export type FunctionSecret = z.infer<typeof FunctionSecret>;

/** One function with its draft. */
export const FunctionDetail = FunctionView.extend({
  files: z.record(z.string(), z.string()),
  entry: z.string(),
  vars: z.record(z.string(), z.string()),
  /** The draft is not what answers. */
  changed: z.boolean(),
  active: DeploymentView.nullable(),
  /** Newest deployment where it is newer than the active one: it waits to be promoted. */
  staged: DeploymentView.nullable(),
  secrets: z.array(FunctionSecret),
  toolList: z.array(ToolView),
  engine: EngineView,
});
export type FunctionDetail = z.infer<typeof FunctionDetail>;

/** One fault of the source. Lines and columns count from 1; 0 where it is of a whole file; `file` empty: of no one file. */
export const ProblemView = z.object({
  file: z.string(),
  line: z.number().int(),
  column: z.number().int(),
  text: z.string(),
  code: z.string(),
});
export type ProblemView = z.infer<typeof ProblemView>;

export const CheckView = z.object({ ok: z.boolean(), problems: z.array(ProblemView) });
export type CheckView = z.infer<typeof CheckView>;

/** Answer of deploy, upload and activate. `widened`: hosts and secrets that may now do more than before, in words. */
export const DeployedView = z.object({
  server: z.object({ id: z.string(), slug: z.string() }),
  deployment: DeploymentView,
  /** Kept, but not answering yet. */
  staged: z.boolean(),
  tools: z.array(z.object({ name: z.string(), qualifiedName: z.string() })),
  missingSecrets: z.array(z.string()),
  widened: z.array(z.string()),
});
export type DeployedView = z.infer<typeof DeployedView>;

/** One entry of a manifest that differs. `wider`: it may do more than before. */
export const ManifestChange = z.object({
  kind: z.enum(["host", "secret", "limit"]),
  name: z.string(),
  wider: z.boolean(),
  text: z.string(),
});
export type ManifestChange = z.infer<typeof ManifestChange>;

/** What differs from one deployment to another. A file that is on one side only is null on the other. */
export const DiffView = z.object({
  files: z.array(z.object({ name: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
  /** Empty where `to` is the draft: it shows its manifest when it is deployed. */
  manifest: z.array(ManifestChange),
  tools: z.object({ added: z.array(z.string()), removed: z.array(z.string()), changed: z.array(z.string()) }),
});
export type DiffView = z.infer<typeof DiffView>;

/** One line that a function printed; `system` is ours. Foreign words: show them as text only. */
export const LogLineView = z.object({
  time: IsoTime,
  level: z.enum(["debug", "info", "log", "warn", "error", "exception", "system"]),
  text: z.string(),
  call: z.string().nullable(),
});
export type LogLineView = z.infer<typeof LogLineView>;

/** The last lines of one deployment; null `deployment` where nothing is deployed. */
export const LogsView = z.object({
  deployment: z.object({ id: z.string(), version: z.number().int() }).nullable(),
  lines: z.array(LogLineView),
  pausedUntil: IsoTime.nullable(),
});
export type LogsView = z.infer<typeof LogsView>;

/** Answer of a test call. It stands in no call log; its outbound requests are recorded under `call`. */
export const TryView = z.object({
  call: z.string(),
  outcome: z.enum(["ok", "tool_error", "error"]),
  ms: z.number(),
  /** The tool's result as JSON text; null on `error`. */
  result: z.string().nullable(),
  /** Why there is no result. */
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  logs: z.array(LogLineView),
});
export type TryView = z.infer<typeof TryView>;

/** One outbound request: no value, no query, no body. */
export const EgressView = z.object({
  id: z.string(),
  time: IsoTime,
  /** Null where nobody called. */
  memberId: z.string().nullable(),
  member: z.string().nullable(),
  call: z.string().nullable(),
  /** Of the deployment that made it; null where that is gone. */
  version: z.number().int().nullable(),
  method: z.string(),
  host: z.string(),
  path: z.string(),
  /** 0 where no answer came. */
  status: z.number().int(),
  /** `ok`, or why it was turned away. */
  verdict: z.string(),
  ms: z.number(),
});
export type EgressView = z.infer<typeof EgressView>;

export const EgressPage = z.object({ requests: z.array(EgressView), nextCursor: z.string().nullable() });
export type EgressPage = z.infer<typeof EgressPage>;

/** What an OpenAPI document offers. */
export const OpenapiView = z.object({
  title: z.string(),
  host: z.string(),
  /** Names of the secrets that it will need. */
  secrets: z.array(z.string()),
  operations: z.array(
    z.object({
      id: z.string(),
      tool: z.string(),
      method: z.string(),
      path: z.string(),
      tags: z.array(z.string()),
      summary: z.string(),
      deprecated: z.boolean(),
      /** Why it cannot be a tool; null where it can. */
      unsupported: z.string().nullable(),
      chosen: z.boolean(),
      /** What its tool costs a model in each conversation, estimated. */
      tokens: z.number().int(),
    }),
  ),
  /** Of all that are chosen. */
  tokens: z.number().int(),
  warnings: z.array(z.string()),
  /** The function that creating would start with. */
  source: z.string(),
});
export type OpenapiView = z.infer<typeof OpenapiView>;
