import type { CallContext, LogLine, Policy } from "./contract";

/** Which deployment, whatever its revision. */
export interface DeploymentOf {
  ws: string;
  ins: string;
  dep: string;
}

/** One fault of source, at its place. Lines and columns count from 1; 0 where it is of a whole file. */
export interface SourceProblem {
  file: string;
  line: number;
  column: number;
  text: string;
  code: string;
}

/** What a bundle showed when it was tried; `detail` is for its author. */
export type Trial =
  | {
      ok: true;
      tools: { name: string; [field: string]: unknown }[];
      initialize: Record<string, unknown>;
      startMs: number;
    }
  | { ok: false; code: string; detail: string };

/** A bundle under its content address, or what is wrong with the source. */
export type BuiltSource =
  | { ok: true; code: string; sha256: string; bytes: number }
  | { ok: false; problems: SourceProblem[] };

/** What to make of an OpenAPI document; `ids` and `tags` name operations. */
export interface OpenapiChoice {
  slug: string;
  ids?: string[];
  tags?: string[];
  most?: number;
  baseUrl?: string;
}

/** One operation as it is offered; `tokens` is what its tool costs a model in each conversation, estimated. */
export interface OpenapiOperation {
  id: string;
  tool: string;
  method: string;
  path: string;
  tags: string[];
  summary: string;
  deprecated: boolean;
  unsupported: string | null;
  chosen: boolean;
  tokens: number;
}

/** A document read: what it offers, and the source for what was chosen. */
export interface OpenapiImported {
  title: string;
  host: string;
  secrets: string[];
  operations: OpenapiOperation[];
  tokens: number;
  source: string;
  warnings: string[];
}

/**
 * All that services need to make and run functions: the runtime, the compiler and the templates of this process. Its
 * parts are `Runtime` and `Compiler`, said again here so that nothing of theirs is bundled with the services.
 */
export interface FunctionEngine {
  available(): { ok: true } | { ok: false; reason: string };
  /** One call of one function; never rejects. */
  call(context: CallContext, request: Request): Promise<Response>;
  smokeTest(code: string, policy: Policy): Promise<Trial>;
  logs(of: DeploymentOf): LogLine[];
  /** Lines as they come; returns the way to stop. */
  watch(of: DeploymentOf, listener: (line: LogLine) => void): () => void;
  /** Until when (Unix time in ms) a deployment is paused after crashes, or null. */
  pausedUntil(of: DeploymentOf): number | null;
  release(of: DeploymentOf): void;
  bundle(files: ReadonlyMap<string, string>, entry?: string): Promise<BuiltSource>;
  check(files: ReadonlyMap<string, string>, entry?: string): Promise<SourceProblem[]>;
  openapi(
    document: string,
    choice: OpenapiChoice,
  ): Promise<{ ok: true; imported: OpenapiImported } | { ok: false; message: string }>;
  /** Source of a template by its id (`templates/catalogue.ts`). */
  templateSource(id: string): string;
}
