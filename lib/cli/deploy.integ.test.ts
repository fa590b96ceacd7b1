import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable, Writable } from "node:stream";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createApiKey } from "@/lib/services/api-key/create";
import type { WorkspaceCtx } from "@/lib/services/context";
import { tryFunction } from "@/lib/services/function/try";
import { startApiServer } from "@/lib/testing/api-server";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { mintUser, mintWorkspace } from "@/lib/testing/factories";
import { startFunctionEngine } from "@/lib/testing/function-engine";
import { run } from "./run";

const home = mkdtempSync(join(tmpdir(), "aerostack-deploy-"));
let database: TestDatabase;
let engine: Awaited<ReturnType<typeof startFunctionEngine>>;
let server: Awaited<ReturnType<typeof startApiServer>>;
let ctx: WorkspaceCtx;
let env: Record<string, string>;
beforeAll(async () => {
  database = await testDatabase();
  engine = await startFunctionEngine(database, (await mintUser({ db: database.db })).masterKeys);
  ctx = await mintWorkspace({ db: database.db, functions: engine });
  server = await startApiServer(ctx);
  env = { AEROSTACK_URL: server.url, AEROSTACK_API_KEY: (await createApiKey(ctx, { name: "CLI" })).key };
});
afterAll(async () => {
  await server.close();
  await engine.close();
  await database.close();
  rmSync(home, { recursive: true });
});

async function aerostack(...argv: string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const sink = (into: string[]) => new Writable({ write: (chunk, _, done) => done(void into.push(String(chunk))) });
  const code = await run(argv, { env, stdin: Readable.from([]), stdout: sink(out), stderr: sink(err), fetch });
  return { code, out: out.join(""), err: err.join("") };
}
async function json(...argv: string[]): Promise<Record<string, unknown>> {
  const { code, out, err } = await aerostack(...argv, "--json");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return JSON.parse(out);
}
const greet = async () => {
  const { result } = await tryFunction(ctx, { function: "hello", tool: "greet", arguments: { name: "Ada" } });
  return JSON.parse(result ?? "null").structuredContent as unknown;
};

test("what init makes deploys and answers at once; the next version can be rolled back", async () => {
  const folder = join(home, "hello");
  const { slug } = ctx.workspace;
  await json("init", folder);
  const deploy = ["deploy", folder, "--workspace", slug, "--slug", "hello"];
  expect(await json(...deploy)).toMatchObject({
    deployment: { version: 1 },
    tools: [{ qualifiedName: "hello__greet" }],
    missingSecrets: [],
  });
  expect(await greet()).toEqual({ greeting: "Hello, Ada!" });

  const path = join(folder, "server.ts");
  writeFileSync(path, readFileSync(path, "utf8").replace("Hello, ", "Salve, "));
  expect(await json(...deploy, "--stage", "--note", "in Latin")).toMatchObject({ staged: true });
  const history = await json("functions", "deployments", slug, "hello");
  expect(history).toMatchObject({ deployments: [{ version: 2, active: false, note: "in Latin" }, { active: true }] });
  const [staged] = history.deployments as { id: string }[];
  await json("functions", "activate", slug, "hello", staged?.id ?? "");
  expect(await greet()).toEqual({ greeting: "Salve, Ada!" });
  expect((await aerostack("functions", "list", slug)).out).toMatch(/^hello +live +2 +1 /m);

  expect((await aerostack("functions", "rollback", slug, "hello")).out).toBe("Version 1 of hello answers now.\n");
  expect(await greet()).toEqual({ greeting: "Hello, Ada!" });
  expect((await aerostack("functions", "rollback", slug, "hello")).err).toContain("no such version");
  await json("functions", "rollback", slug, "hello", "--to", "2");
  expect(await greet()).toEqual({ greeting: "Salve, Ada!" });
  expect((await aerostack("functions", "logs", slug, "hello")).out).toBe("No line yet.\n");
});

test("aerostack.json counts here and there; a secret is set by the command that the deployment names", async () => {
  const folder = mkdtempSync(join(home, "plain-"));
  writeFileSync(
    join(folder, "server.js"),
    `const answer = (id, result) => Response.json({ jsonrpc: "2.0", id, result });
    export default { async fetch(request) {
      const { id, method } = await request.json();
      if (id === undefined) return new Response(null, { status: 202 });
      return answer(id, method === "tools/list" ? { tools: [{ name: "t", inputSchema: { type: "object" } }] }
        : { protocolVersion: "2025-06-18", capabilities: { tools: {} }, serverInfo: { name: "plain", version: "1" } });
    } };`,
  );
  const hosts = [{ host: "a.example.com" }];
  writeFileSync(
    join(folder, "aerostack.json"),
    JSON.stringify({ hosts, secrets: { TOKEN: { hosts: ["a.example.com"] } } }),
  );
  const { code, out, err } = await aerostack("deploy", folder, "--workspace", ctx.workspace.slug, "--slug", "plain");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toContain(`Next: aerostack secrets set ${ctx.workspace.slug} plain TOKEN < file`);
});
