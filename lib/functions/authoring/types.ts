/** A JSON Schema (2020-12; `$schema` may name an older draft), written out. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** What any schema library offers that follows Standard Schema: zod, Valibot, ArkType and others. */
export interface StandardSchema<Input = unknown, Output = Input> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    validate(value: unknown): Checked<Output> | Promise<Checked<Output>>;
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
    readonly jsonSchema?: {
      input(options: { target: string }): Record<string, unknown>;
      output(options: { target: string }): Record<string, unknown>;
    };
  };
}

/** Outcome of a check: the value as the schema made it, or what is wrong with it. */
export type Checked<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | {
      readonly issues: readonly {
        readonly message: string;
        readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
      }[];
    };

export type Schema = StandardSchema | JsonSchema;

/** The values that a tool's `run` gets for an input schema; unknown properties where the schema is plain JSON Schema. */
export type ArgumentsOf<S extends Schema> = S extends {
  readonly "~standard": { readonly types?: { readonly output: infer Output } | undefined };
}
  ? Output
  : Record<string, unknown>;

/** What `run` may return where the tool declares this output schema. */
export type StructuredOf<S extends Schema> = S extends {
  readonly "~standard": { readonly types?: { readonly input: infer Input } | undefined };
}
  ? Input
  : Record<string, unknown>;

/** A result in MCP's own form, for images, resources and what else text cannot say. */
export interface ToolResult {
  content: { type: string; [key: string]: unknown }[];
  structuredContent?: Record<string, unknown>;
  isError?: boolean;
  _meta?: Record<string, unknown>;
}

/** Hints for clients about what a tool does. They are hints: nobody enforces them. */
export interface Annotations {
  title?: string;
  /** Changes nothing. */
  readOnlyHint?: boolean;
  /** May delete or overwrite. */
  destructiveHint?: boolean;
  /** Doing it twice is doing it once. */
  idempotentHint?: boolean;
  /** Reaches beyond the server, into the world. */
  openWorldHint?: boolean;
}

/** What a tool works with during one call. */
export interface ToolContext<Secret extends string = string> {
  /**
   * A placeholder for each declared secret. Put it where the secret is bound, in a header by default: the gateway puts the
   * real value in after the request has left this code, which never sees it.
   */
  readonly secrets: { readonly [Name in Secret]: string };
  /** Plain settings of the deployment. */
  readonly vars: { readonly [name: string]: string };
  /** `fetch` to the declared hosts; ends with the call. */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /** Aborted when the caller gives up or the call takes too long. */
  readonly signal: AbortSignal;
  /** Writes to the deployment's log. */
  log(...values: unknown[]): void;
  /** Tells a waiting caller how far the work is; nothing where the caller did not ask. */
  progress(done: number, total?: number, message?: string): void;
}

/** What `run` returns: where there is an output schema, what it describes; else text, or any value to be shown as JSON, or a `ToolResult`. */
export type Answer<Output extends Schema> = Schema extends Output ? unknown : StructuredOf<Output>;

/** One tool, as it is written. */
export interface ToolOptions<Input extends Schema, Output extends Schema, Secret extends string> {
  description: string;
  title?: string;
  annotations?: Annotations;
  /** An object; checked before `run`. Without it the tool takes no arguments. */
  input?: Input;
  /** An object; what `run` returns is checked against it and sent as `structuredContent`. */
  output?: Output;
  run(args: ArgumentsOf<Input>, ctx: ToolContext<Secret>): Answer<Output> | Promise<Answer<Output>>;
}

/** One tool, ready for `defineServer`. */
export interface Tool<Secret extends string = string> {
  readonly options: ToolOptions<Schema, Schema, string>;
  /** Never there: it carries the names of the secrets for the compiler. */
  readonly secret?: (name: Secret) => void;
}

/** A host that the function talks to. `*.example.com` is anything below it. */
export type Host = string | { host: string; http?: boolean; ports?: number[]; private?: boolean };

/** Where a secret may go. Nothing else gets the value, whatever the code does. */
export interface SecretBinding {
  hosts: string[];
  /** `["header:authorization"]` where left out. */
  in?: (`header:${string}` | `query:${string}` | "path" | "body")[];
  /** Before the placeholder, for SDKs that check a credential's form, as `xoxb-`. */
  prefix?: string;
}

/** A server, as it is written. Hosts of secrets need not be named again in `hosts`. */
export interface ServerOptions<Secrets extends Record<string, SecretBinding>> {
  name: string;
  version?: string;
  title?: string;
  /** For the model: how the tools belong together. */
  instructions?: string;
  secrets?: Secrets;
  hosts?: Host[];
  /** `deadlineMs` is for one whole call, 30000 where left out; `concurrency` is calls at once, 32. */
  limits?: { deadlineMs?: number; concurrency?: number };
  /** The tools by name, or a function that gets `tool` and returns them: then the compiler knows the secrets' names. */
  tools:
    | Tools<Extract<keyof Secrets, string>>
    | ((tool: MakeTool<Extract<keyof Secrets, string>>) => Tools<Extract<keyof Secrets, string>>);
}

/** Tools by name: 1 to 64 letters, digits, `_` and `-`. */
export interface Tools<Secret extends string> {
  readonly [name: string]: Tool<Secret>;
}

/** `tool` as a server with these secrets gives it. */
export type MakeTool<Secret extends string> = <Input extends Schema, Output extends Schema = Schema>(
  options: ToolOptions<Input, Output, Secret>,
) => Tool<Secret>;

/** What the function declares that it needs; the same form as in `aerostack.json`. */
export interface DeclaredManifest {
  hosts: Exclude<Host, string>[];
  secrets: Record<string, SecretBinding>;
  limits?: { deadlineMs?: number; concurrency?: number };
}

/** What the runtime serves: the module's default export. */
export interface FunctionServer {
  fetch(request: Request, env?: object): Promise<Response>;
  readonly manifest: DeclaredManifest;
}
