/** One thing that the editor can offer, with what a person reads beside it. */
export interface Entry {
  label: string;
  /** Decides the icon. `value` stands as it is, `property` gets a colon and a value. */
  kind: "property" | "method" | "function" | "value";
  /** Its type, in short. */
  type: string;
  about: string;
  /** What is put in instead of the label; `#{name}` marks a place to fill in. */
  snippet?: string;
}

/** Where in the source one stands; each place has its own offers. */
export type Place =
  | "server"
  | "tool"
  | "annotations"
  | "limits"
  | "secret"
  | "host"
  | "ctx"
  | "zod"
  | "locations"
  | "top";

const property = (label: string, type: string, about: string, snippet?: string): Entry => ({
  label,
  kind: "property",
  type,
  about,
  snippet: snippet ?? `${label}: #{}`,
});

const method = (label: string, type: string, about: string, snippet: string): Entry => ({
  label,
  kind: "method",
  type,
  about,
  snippet,
});

const hint = (label: string, about: string) => property(label, "boolean", about, `${label}: #{true}`);

const TOOL = `#{name}: tool({
  description: "#{What it does, for the model}",
  input: z.object({ #{} }),
  run: async (args, ctx) => {
    #{}
  },
}),`;

/** The authoring API by place. `authoring-api.test.ts` holds it to `lib/functions/authoring/types.ts`. */
export const AUTHORING: Record<Place, Entry[]> = {
  server: [
    property("name", "string", "The server's name, as clients read it.", 'name: "#{my-server}"'),
    property("version", "string", "Your own version, for people.", 'version: "#{1.0.0}"'),
    property("title", "string", "A longer name for people."),
    property("instructions", "string", "For the model: how the tools belong together."),
    property(
      "secrets",
      "{ NAME: { hosts } }",
      "Credentials by name. The code gets a placeholder; the gateway puts the value in on the way to these hosts only.",
      'secrets: { #{API_TOKEN}: { hosts: ["#{api.example.com}"] } }',
    ),
    property(
      "hosts",
      "Host[]",
      "Hosts the function may fetch from, beside those of its secrets. *.example.com is anything below it.",
      'hosts: ["#{api.example.com}"]',
    ),
    property("limits", "{ deadlineMs, concurrency }", "Bounds of one call, and of calls at once.", "limits: { #{} }"),
    property(
      "tools",
      "(tool) => ({ … })",
      "The tools by name. As a function it knows the names of the secrets.",
      "tools: (tool) => ({\n  #{}\n}),",
    ),
  ],
  tool: [
    property("description", "string", "What the model chooses the tool by.", 'description: "#{}"'),
    property("title", "string", "A name for people."),
    property("annotations", "Annotations", "Hints for clients about what the tool does.", "annotations: { #{} }"),
    property(
      "input",
      "Schema",
      "An object; checked before run. Without it the tool takes no arguments.",
      "input: z.object({ #{} })",
    ),
    property(
      "output",
      "Schema",
      "An object; what run returns is checked against it and sent as structured content.",
      "output: z.object({ #{} })",
    ),
    property(
      "run",
      "(args, ctx) => answer",
      "The work. Returns text, any value to be shown as JSON, or what the output schema describes.",
      "run: async (args, ctx) => {\n  #{}\n},",
    ),
  ],
  annotations: [
    property("title", "string", "A name for people."),
    hint("readOnlyHint", "Changes nothing."),
    hint("destructiveHint", "May delete or overwrite."),
    hint("idempotentHint", "Doing it twice is doing it once."),
    hint("openWorldHint", "Reaches beyond the server, into the world."),
  ],
  limits: [
    property(
      "deadlineMs",
      "number",
      "For one whole call, in ms: 30000 where left out, at most 60000.",
      "deadlineMs: #{30_000}",
    ),
    property("concurrency", "number", "Calls at once: 32 where left out, at most 64. More wait.", "concurrency: #{32}"),
  ],
  secret: [
    property("hosts", "string[]", "The only hosts that get the value.", 'hosts: ["#{api.example.com}"]'),
    property(
      "in",
      "Location[]",
      'Where in a request the value may stand; ["header:authorization"] where left out.',
      'in: ["#{header:x-api-key}"]',
    ),
    property(
      "prefix",
      "string",
      "Before the placeholder, for SDKs that check a credential's form.",
      'prefix: "#{xoxb-}"',
    ),
  ],
  host: [
    property("host", "string", "A host name; *.example.com is anything below it.", 'host: "#{api.example.com}"'),
    property("http", "boolean", "Plain http is allowed too.", "http: #{true}"),
    property("ports", "number[]", "Instead of the scheme's own port.", "ports: [#{8443}]"),
    property(
      "private",
      "boolean",
      "May be on a private network, where the operator allows that address as well.",
      "private: #{true}",
    ),
  ],
  ctx: [
    {
      label: "secrets",
      kind: "property",
      type: "{ NAME: string }",
      about:
        "A placeholder for each declared secret. Put it where the secret is bound; the real value goes in after the request has left this code.",
    },
    {
      label: "vars",
      kind: "property",
      type: "{ name: string }",
      about: "Plain settings of this function, from its Settings tab.",
    },
    method(
      "fetch",
      "(url, init?) => Promise<Response>",
      "fetch to the declared hosts; ends with the call.",
      'fetch("#{https://}")',
    ),
    {
      label: "signal",
      kind: "property",
      type: "AbortSignal",
      about: "Aborted when the caller gives up or the call takes too long.",
    },
    method("log", "(...values) => void", "Writes to the log of this function, under Logs.", "log(#{})"),
    method(
      "progress",
      "(done, total?, message?) => void",
      "Tells a waiting caller how far the work is.",
      "progress(#{done}, #{total})",
    ),
  ],
  locations: [
    { label: "header:authorization", kind: "value", type: "location", about: "The Authorization header; the default." },
    { label: "header:x-api-key", kind: "value", type: "location", about: "A header by its name, in small letters." },
    { label: "query:api_key", kind: "value", type: "location", about: "A parameter of the query, by its name." },
    { label: "path", kind: "value", type: "location", about: "Anywhere in the path." },
    {
      label: "body",
      kind: "value",
      type: "location",
      about: "Anywhere in the body. Prefer a header where the API takes one.",
    },
  ],
  zod: [
    method("object", "(shape) => Schema", "An object with these properties.", "object({ #{} })"),
    method("string", "() => Schema", "Text. Narrow it by .min(1), .max(100), .regex(/…/).", "string()"),
    method("number", "() => Schema", "A number. Narrow it by .min(0), .max(10).", "number()"),
    method("int", "() => Schema", "A whole number.", "int()"),
    method("boolean", "() => Schema", "true or false.", "boolean()"),
    method("enum", "(values) => Schema", "One of these texts.", 'enum(["#{one}", "#{two}"])'),
    method("array", "(of) => Schema", "A list.", "array(z.#{string()})"),
    method(
      "record",
      "(key, value) => Schema",
      "An object with names that are not known before.",
      "record(z.string(), z.#{string()})",
    ),
    method("union", "(options) => Schema", "One of several forms.", "union([#{}])"),
    method("literal", "(value) => Schema", "Exactly this value.", "literal(#{})"),
    method("unknown", "() => Schema", "Anything.", "unknown()"),
    method("email", "() => Schema", "An e-mail address.", "email()"),
    method("url", "() => Schema", "A URL.", "url()"),
  ],
  top: [
    {
      label: "defineServer",
      kind: "function",
      type: "(options) => server",
      about: "An MCP server, for export default. What it declares is read when it is deployed and holds from then on.",
      snippet: 'defineServer({\n  name: "#{my-server}",\n  tools: (tool) => ({\n    #{}\n  }),\n})',
    },
    {
      label: "tool",
      kind: "function",
      type: "(options) => tool",
      about: "One tool: what it is for, what it takes, what it does.",
      snippet: TOOL,
    },
    {
      label: "ToolError",
      kind: "function",
      type: "class",
      about: "A failure whose words the caller may read. Anything else that is thrown goes to the log only.",
      snippet: 'throw new ToolError("#{}");',
    },
    {
      label: "withJsonSchema",
      kind: "function",
      type: "(schema, json) => Schema",
      about: "For schema libraries without JSON Schema export, zod/mini among them.",
    },
  ],
};
