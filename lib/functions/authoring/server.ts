import { type ReadyTool, ToolError } from "./call-tool";
import { serve } from "./protocol";
import { compile, withJsonSchema } from "./schema";
import type {
  DeclaredManifest,
  FunctionServer,
  Schema,
  SecretBinding,
  ServerOptions,
  Tool,
  ToolOptions,
} from "./types";

export type * from "./types";
export { ToolError, withJsonSchema };

/** Kept short because clients see `server__tool` in at most 45 characters. */
const TOOL_NAME = /^[A-Za-z0-9_-]{1,64}$/;

/** One tool: what it is for, what it takes, what it does. */
export function tool<Input extends Schema, Output extends Schema = Schema, Secret extends string = string>(
  options: ToolOptions<Input, Output, Secret>,
): Tool<Secret> {
  return { options: options as unknown as Tool["options"] };
}

/**
 * An MCP server, for `export default`. What it declares (hosts, secrets, limits) is read when it is deployed, from its
 * answer to `initialize`, and holds from then on.
 * @throws TypeError for a mistake in the definition: the deployment is refused with its words
 */
export function defineServer<const Secrets extends Record<string, SecretBinding> = Record<never, never>>(
  options: ServerOptions<Secrets>,
): FunctionServer {
  const made = typeof options.tools === "function" ? options.tools(tool) : options.tools;
  const tools = new Map(Object.entries(made).map(([name, { options }]) => [name, ready(name, options)]));
  const manifest = manifestOf(options);
  return { manifest, fetch: (request, env) => serve({ ...options, tools, manifest }, request, env ?? {}) };
}

function ready(name: string, options: Tool["options"]): ReadyTool {
  try {
    if (!TOOL_NAME.test(name)) throw new TypeError("a tool's name has 1 to 64 letters, digits, _ and -");
    if (!options.description) throw new TypeError("it has no description, by which a model chooses it");
    const input = compile(options.input ?? { type: "object", properties: {}, additionalProperties: false }, "input");
    return { name, options, input, output: options.output ? compile(options.output, "output") : null };
  } catch (error) {
    throw new TypeError(`Tool ${name}: ${error instanceof Error ? error.message : "it is malformed"}.`);
  }
}

type DeclaringOptions = Pick<ServerOptions<Record<string, SecretBinding>>, "hosts" | "secrets" | "limits">;

/** Hosts of secrets are hosts too; each stands once. */
function manifestOf({ hosts = [], secrets, limits }: DeclaringOptions): DeclaredManifest {
  const rules = new Map(
    hosts.map((host) => (typeof host === "string" ? { host } : host)).map((rule) => [rule.host, rule]),
  );
  for (const host of Object.values(secrets ?? {}).flatMap((secret) => secret.hosts))
    if (!rules.has(host)) rules.set(host, { host });
  return { hosts: [...rules.values()], secrets: secrets ?? {}, ...(limits ? { limits } : {}) };
}
