import { type Credential, secretsOf } from "./credentials";
import type { Json } from "./json";
import { REQUEST_HELPER } from "./request-helper";
import type { ToolInput } from "./tool-input";

/** One tool to be written. */
export interface GeneratedTool {
  name: string;
  description: string;
  method: string;
  path: string;
  bodyKind: "json" | "form" | null;
  contentType?: string;
  input: ToolInput;
}

/** A server to be written. */
export interface GeneratedServer {
  name: string;
  version: string;
  instructions: string;
  base: URL;
  credentials: Credential[];
  tools: GeneratedTool[];
}

/** JSON is TypeScript, once nothing in it can end a line. Words of the document stand in such texts only, never in code. */
const literal = (value: unknown): string =>
  JSON.stringify(value, null, 2).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
const indented = (value: unknown, by: string): string => literal(value).replaceAll("\n", `\n${by}`);

/** The source of a function with one tool per operation, for its author to read and change. */
export function generateSource({ name, version, instructions, base, credentials, tools }: GeneratedServer): string {
  const secrets = secretsOf(credentials, base.hostname);
  const rule = {
    host: base.hostname,
    ...(base.protocol === "http:" ? { http: true } : {}),
    ...(base.port ? { ports: [Number(base.port)] } : {}),
  };
  const used = new Set(tools.map(({ bodyKind }) => bodyKind));
  return `import { defineServer, type ToolContext, ToolError } from "@aerostack/server";

const BASE = ${literal(base.href.replace(/\/$/, ""))};

export default defineServer({
  name: ${literal(name)},
  version: ${literal(version)},
  instructions: ${literal(instructions)},
  hosts: [${literal(Object.keys(rule).length > 1 ? rule : rule.host)}],
  secrets: ${indented(secrets, "  ")},
  tools: (tool) => ({
${tools.map(toolSource).join("\n")}
  }),
});

${authorize(credentials)}

${REQUEST_HELPER(used.has("form"))}`;
}

function toolSource({ name, description, method, path, bodyKind, contentType, input }: GeneratedTool): string {
  const { schema, body, ...places } = input;
  const filled = Object.entries(places).filter(([, value]) => Object.keys(value).length > 0);
  const request: Json = { method, url: path, ...Object.fromEntries(filled) };
  if (body !== null) request.body = body;
  if (bodyKind === "form") request.form = true;
  if (bodyKind === "json" && contentType !== "application/json") request.contentType = contentType;
  return `    ${literal(name)}: tool({
      description: ${literal(description)},
      annotations: ${JSON.stringify(annotations(method))},
      input: ${indented(schema, "      ")},
      run: (args, ctx) => request(ctx, args, ${indented(request, "      ")}),
    }),`;
}

function annotations(method: string): Json {
  if (method === "GET") return { readOnlyHint: true, openWorldHint: true };
  const idempotent = method === "PUT" || method === "DELETE";
  return { readOnlyHint: false, destructiveHint: method === "DELETE", idempotentHint: idempotent, openWorldHint: true };
}

function authorize(credentials: Credential[]): string {
  const lines = credentials.map(placed);
  const body = lines.length > 0 ? lines : ["void [ctx, headers, url]; // this API is open"];
  return `/** Puts the placeholders where the real values will be. */
function authorize(ctx: ToolContext, headers: Headers, url: URL): void {
  ${body.join("\n  ")}
}`;
}

function placed(credential: Credential): string {
  const secret = (name: string) => `ctx.secrets.${name}`;
  switch (credential.kind) {
    case "bearer":
      return `headers.set("authorization", \`Bearer \${${secret(credential.secret)}}\`);`;
    case "basic":
      return `headers.set("authorization", \`Basic \${btoa(\`\${${secret(credential.user)}}:\${${secret(credential.password)}}\`)}\`);`;
    case "header":
      return `headers.set(${literal(credential.name)}, ${secret(credential.secret)});`;
    case "query":
      return `url.searchParams.set(${literal(credential.name)}, ${secret(credential.secret)});`;
  }
}
