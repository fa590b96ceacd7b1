import { authoringDeclarations } from "@/lib/functions/bundle/declarations";
import { templateSource } from "@/lib/functions/templates/catalogue";

/** The files of a new function: it bundles, passes its test and answers as it is, before anything is installed. */
export function starterFiles(root: string, slug: string, template: string): Record<string, string> {
  const json = (value: object) => `${JSON.stringify(value, null, 2)}\n`;
  return {
    "server.ts": templateSource(root, template).replace(/^ {2}name: "[^"]*",$/m, `  name: ${JSON.stringify(slug)},`),
    "server.test.ts": template === "hello" ? HELLO_TEST : LIST_TEST,
    "README.md": readme(slug),
    "package.json": json({
      name: slug,
      private: true,
      type: "module",
      scripts: { dev: "aerostack dev .", test: "aerostack test ." },
      devDependencies: { zod: "^4.6.7" },
    }),
    "tsconfig.json": json({
      compilerOptions: {
        strict: true,
        noEmit: true,
        target: "es2023",
        lib: ["es2023", "webworker"],
        module: "esnext",
        moduleResolution: "bundler",
        allowImportingTsExtensions: true,
        skipLibCheck: true,
        paths: { "@aerostack/server": ["./.aerostack/server.d.ts"] },
      },
      include: ["server.ts"],
    }),
    ".aerostack/server.d.ts": authoringDeclarations(root),
    ".gitignore": "node_modules\n.env\n",
  };
}

const ASK = `import assert from "node:assert/strict";
import { test } from "node:test";
import server from "./server.ts";

async function ask(method: string, params?: object) {
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
  const response = await server.fetch(new Request("http://localhost/mcp", { method: "POST", body }), {});
  return ((await response.json()) as { result: Record<string, unknown> }).result;
}
`;

const HELLO_TEST = `${ASK}
test("greets", async () => {
  const { structuredContent } = await ask("tools/call", { name: "greet", arguments: { name: "Ada" } });
  assert.deepEqual(structuredContent, { greeting: "Hello, Ada!" });
});
`;

const LIST_TEST = `${ASK}
test("lists its tools", async () => {
  const { tools } = await ask("tools/list");
  assert.ok(Array.isArray(tools) && tools.length > 0);
});
`;

const readme = (slug: string): string => `# ${slug}

An MCP server for Aerostack. \`server.ts\` has the tools.

\`\`\`sh
aerostack dev .                                      # runs it here, again at each change
aerostack test .                                     # runs server.test.ts
aerostack deploy . --workspace <slug> --slug ${slug}   # makes it a server of a workspace
\`\`\`

- Any npm package may be imported: install it here, it is bundled when you deploy.
- Declare each secret with its hosts in \`defineServer\`. The code gets a placeholder, and the gateway puts the value in
  after the request has left the code. Set it with \`aerostack secrets set <workspace> ${slug} NAME\`.
- Only declared hosts can be reached.
- \`aerostack dev\` takes values from \`.env\`, which is never uploaded.
- \`npm install\` brings types for your editor.
`;
