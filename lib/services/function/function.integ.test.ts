import { afterAll, beforeAll, expect, test } from "vitest";
import { TEMPLATES } from "@/lib/functions/templates/catalogue";
import { listAudit } from "@/lib/services/audit/list";
import type { WorkspaceCtx } from "@/lib/services/context";
import { listSecrets } from "@/lib/services/secret/list";
import { setSecret } from "@/lib/services/secret/set";
import { getServer } from "@/lib/services/server/get";
import { refreshTools } from "@/lib/services/server/refresh-tools";
import { removeServer } from "@/lib/services/server/remove";
import { updateServer } from "@/lib/services/server/update";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { mintMember, mintUser, mintWorkspace, type World } from "@/lib/testing/factories";
import { startFunctionEngine } from "@/lib/testing/function-engine";
import { activateDeployment } from "./activate";
import { checkFunction } from "./check";
import { createFunction } from "./create";
import { deployFunction } from "./deploy";
import { diffDeployments } from "./diff";
import { getFunction } from "./get";
import { listFunctions } from "./list";
import { listDeployments } from "./list-deployments";
import { functionLogs, tailLogs } from "./logs";
import { readOpenapi } from "./read-openapi";
import { saveFunction } from "./save";
import { setVars } from "./set-vars";
import { tryFunction } from "./try";

let database: TestDatabase;
let world: World;
let engine: Awaited<ReturnType<typeof startFunctionEngine>>;
let ctx: WorkspaceCtx;
beforeAll(async () => {
  database = await testDatabase();
  const { masterKeys } = await mintUser({ db: database.db });
  engine = await startFunctionEngine(database, masterKeys);
  world = { db: database.db, functions: engine };
  ctx = await mintWorkspace(world);
});
afterAll(async () => {
  await engine.close();
  await database.close();
});

/** A function that answers `word` and says what it was started with. */
const source = (word: string, more = "") => `import { defineServer } from "@aerostack/server";
import { z } from "zod";
export default defineServer({
  name: "say", ${more}
  tools: (tool) => ({
    say: tool({
      description: "Says ${word}.",
      input: z.object({ to: z.string().optional() }),
      run: ({ to }, ctx) => { ctx.log("said " + to); return "${word} " + to; },
    }),
  }),
});
`;
const files = (text: string) => ({ files: { "server.ts": text }, entry: "server.ts" });
const say = async (slug: string, deployment?: string) => {
  const answer = await tryFunction(ctx, { function: slug, deployment, tool: "say", arguments: { to: "Ada" } });
  return { ...answer, text: answer.result && (JSON.parse(answer.result).content[0].text as string) };
};

test("every template can be started from and deploys as it is", async () => {
  for (const { id } of TEMPLATES) {
    const slug = id.slice(0, 16).replace(/-$/, "");
    const made = await createFunction(ctx, { slug, template: id });
    expect(made).toMatchObject({ slug, state: "draft", version: null, changed: true, active: null });
    const deployed = await deployFunction(ctx, { function: slug });
    expect(deployed.deployment, id).toMatchObject({ version: 1, active: true });
    expect(deployed.tools.length, id).toBeGreaterThan(0);
    expect(await getFunction(ctx, { function: slug })).toMatchObject({ changed: false, version: 1, staged: null });
  }
  expect(await listFunctions(ctx)).toMatchObject({ engine: { ok: true, reason: null } });
}, 120_000);

test("deploy, stage, promote and roll back; what answers is what was put in force", async () => {
  await createFunction(ctx, { slug: "say", name: "Say", ...files(source("hello")) });
  const first = await deployFunction(ctx, { function: "say", note: "first" });
  expect(first).toMatchObject({ staged: false, widened: [], tools: [{ qualifiedName: "say__say" }] });
  expect(await say("say")).toMatchObject({ outcome: "ok", text: "hello Ada", error: null });

  await saveFunction(ctx, { function: "say", ...files(source("salve", 'hosts: ["api.example.com"],')) });
  expect(await getFunction(ctx, { function: "say" })).toMatchObject({ changed: true, version: 1 });
  const second = await deployFunction(ctx, { function: "say", stage: true });
  expect(second).toMatchObject({ staged: true, widened: ["May also reach api.example.com"] });
  expect(second.deployment).toMatchObject({ version: 2, active: false });
  expect(await getFunction(ctx, { function: "say" })).toMatchObject({ version: 1, staged: { version: 2 } });
  expect(await say("say")).toMatchObject({ text: "hello Ada" });
  expect(await say("say", second.deployment.id)).toMatchObject({ text: "salve Ada" });

  const diff = await diffDeployments(ctx, {
    function: "say",
    from: first.deployment.id,
    to: second.deployment.id,
  });
  expect(diff).toMatchObject({
    files: [{ name: "server.ts" }],
    manifest: [{ kind: "host", name: "api.example.com", wider: true }],
    tools: { added: [], removed: [], changed: ["say"] },
  });

  const promoted = await activateDeployment(ctx, { function: "say", deployment: second.deployment.id });
  expect(promoted).toMatchObject({ deployment: { version: 2, active: true } });
  expect(await say("say")).toMatchObject({ text: "salve Ada" });
  expect((await getServer(ctx, { server: "say" })).toolList).toMatchObject([{ description: "Says salve." }]);
  await activateDeployment(ctx, { function: "say", deployment: first.deployment.id });
  expect(await say("say")).toMatchObject({ text: "hello Ada" });
  expect((await getServer(ctx, { server: "say" })).toolList).toMatchObject([{ description: "Says hello." }]);
  const { deployments } = await listDeployments(ctx, { function: "say" });
  expect(deployments.map(({ version, active, note }) => [version, active, note])).toEqual([
    [2, false, null],
    [1, true, "first"],
  ]);
  const { events } = await listAudit(ctx, { limit: 5 });
  expect(events.map(({ action }) => action)).toEqual(
    expect.arrayContaining(["function.activate", "function.stage", "server.tools_change"]),
  );
});

test("what it prints is in its log, as it comes and later; an unknown tool is refused", async () => {
  await createFunction(ctx, { slug: "logs", ...files(source("hi")) });
  await expect(tailLogs(ctx, { function: "logs" })).rejects.toMatchObject({ code: "conflict" });
  expect(await functionLogs(ctx, { function: "logs" })).toEqual({ deployment: null, lines: [], pausedUntil: null });
  await deployFunction(ctx, { function: "logs" });
  const seen: string[] = [];
  const stop = (await tailLogs(ctx, { function: "logs" })).watch(({ text }) => seen.push(text));
  const { logs } = await say("logs");
  stop();
  expect(logs).toMatchObject([{ text: "said Ada" }]);
  expect(seen).toEqual(["said Ada"]);
  expect((await functionLogs(ctx, { function: "logs" })).lines).toMatchObject([{ text: "said Ada", level: "log" }]);
  await expect(tryFunction(ctx, { function: "logs", tool: "none" })).rejects.toMatchObject({ field: "tool" });
});

test("the same code under another aerostack.json is another deployment by address", async () => {
  const code = `const answer = (id, result) => Response.json({ jsonrpc: "2.0", id, result });
    export default { async fetch(request) {
      const { id, method } = await request.json();
      if (id === undefined) return new Response(null, { status: 202 });
      if (method === "initialize") return answer(id, { protocolVersion: "2025-06-18", capabilities: { tools: {} }, serverInfo: { name: "x", version: "1" } });
      return answer(id, { tools: [{ name: "t", inputSchema: { type: "object" } }] });
    } };`;
  const of = (host: string) => ({
    files: { "server.js": code, "aerostack.json": JSON.stringify({ hosts: [{ host }] }) },
    entry: "server.js",
  });
  await createFunction(ctx, { slug: "twice", ...of("a.example.com") });
  const one = await deployFunction(ctx, { function: "twice" });
  const same = await deployFunction(ctx, { function: "twice" });
  await saveFunction(ctx, { function: "twice", ...of("b.example.com") });
  const other = await deployFunction(ctx, { function: "twice" });
  expect(same.deployment.sha256).toBe(one.deployment.sha256);
  expect(other.deployment.sha256).not.toBe(one.deployment.sha256);
  expect(other.widened).toEqual(["May also reach b.example.com"]);
});

test("a secret is bound to the hosts it is declared for; wider hosts ask for it again", async () => {
  const bound = (...hosts: string[]) => `secrets: { TOKEN: { hosts: ${JSON.stringify(hosts)} } },`;
  await createFunction(ctx, { slug: "bound", ...files(source("x", bound("a.example.com"))) });
  await expect(setSecret(ctx, { server: "bound", name: "TOKEN", value: "canary" })).rejects.toMatchObject({
    code: "invalid",
    field: "name",
  });
  expect(await deployFunction(ctx, { function: "bound" })).toMatchObject({ missingSecrets: ["TOKEN"] });
  expect(await getServer(ctx, { server: "bound" })).toMatchObject({ status: "needs_secret", url: "" });
  const set = await setSecret(ctx, { server: "bound", name: "TOKEN", value: "canary" });
  expect(set).toMatchObject({
    secret: { origin: "a.example.com", usable: true, headers: ["authorization"] },
    missingSecrets: [],
    probe: { ok: true },
    warnings: [],
  });
  expect(await getFunction(ctx, { function: "bound" })).toMatchObject({
    state: "live",
    secrets: [{ name: "TOKEN", state: "set" }],
  });
  await saveFunction(ctx, {
    function: "bound",
    ...files(source("x", bound("a.example.com", "b.example.com"))),
  });
  expect(await deployFunction(ctx, { function: "bound" })).toMatchObject({
    missingSecrets: ["TOKEN"],
    widened: ["May also reach b.example.com", "May also send TOKEN to b.example.com"],
  });
  expect(await listSecrets(ctx, { server: "bound" })).toMatchObject({
    secrets: [{ name: "TOKEN", usable: false }],
    missing: ["TOKEN"],
  });
  await expect(setVars(ctx, { function: "bound", vars: { TOKEN: "x" } })).rejects.toMatchObject({
    field: "vars.TOKEN",
  });
});

test("the verbs of servers treat a hosted one well", async () => {
  await createFunction(ctx, { slug: "hosted", ...files(source("x")) });
  expect(await getServer(ctx, { server: "hosted" })).toMatchObject({ kind: "hosted", status: "problem" });
  await deployFunction(ctx, { function: "hosted" });
  for (const more of [{ url: "https://mcp.example.com/" }, { headers: [] }])
    await expect(updateServer(ctx, { server: "hosted", ...more })).rejects.toMatchObject({ code: "invalid" });
  expect(await updateServer(ctx, { server: "hosted", name: "Renamed" })).toMatchObject({ probe: null });
  expect(await refreshTools(ctx, { server: "hosted" })).toMatchObject({ probe: null, server: { tools: { total: 1 } } });
  await removeServer(ctx, { server: "hosted", confirm: "hosted" });
  await expect(getFunction(ctx, { function: "hosted" })).rejects.toMatchObject({ code: "not_found" });
});

test("faults are shown at their lines: what does not bundle, and types", async () => {
  await createFunction(ctx, { slug: "faults", ...files(source("x")) });
  expect(await checkFunction(ctx, { function: "faults" })).toEqual({ ok: true, problems: [] });
  const broken = await checkFunction(ctx, { function: "faults", files: { "server.ts": "\nsyntax error {" } });
  expect(broken.problems[0]).toMatchObject({ file: "server.ts", line: 2, code: "syntax" });
  const mistyped = { "server.ts": "const n: number = 'x';\nexport default n;" };
  expect(await checkFunction(ctx, { function: "faults", files: mistyped })).toMatchObject({
    problems: [{ file: "server.ts", line: 1, code: "type" }],
  });
});

test("a document becomes a function; one that is none says why", async () => {
  const document = JSON.stringify({
    openapi: "3.1.0",
    info: { title: "Pets", version: "1" },
    servers: [{ url: "https://pets.example.com" }],
    paths: { "/pets": { get: { operationId: "listPets", tags: ["pets"], responses: {} } } },
  });
  const read = await readOpenapi(ctx, { slug: "pets", document });
  expect(read).toMatchObject({
    title: "Pets",
    host: "pets.example.com",
    operations: [{ id: "listPets", chosen: true }],
  });
  await createFunction(ctx, { slug: "pets", openapi: { document, ids: ["listPets"] } });
  const deployed = await deployFunction(ctx, { function: "pets" });
  expect(deployed.deployment.manifest.hosts).toEqual([{ host: "pets.example.com" }]);
  await expect(readOpenapi(ctx, { slug: "x", document: "swagger" })).rejects.toMatchObject({ field: "document" });
  await expect(readOpenapi(ctx, { slug: "x", url: "http://127.0.0.1/" })).rejects.toMatchObject({ field: "url" });
  await expect(readOpenapi(ctx, { slug: "x" })).rejects.toMatchObject({ field: "document" });
});

test("plain members see no function; without an engine code can be edited, and the reason is said", async () => {
  const member = await mintMember(ctx, "member", world);
  await expect(listFunctions(member)).rejects.toMatchObject({ code: "forbidden" });
  await expect(getFunction(member, { function: "say" })).rejects.toMatchObject({ code: "forbidden" });
  const bare = { ...ctx, functions: null };
  const made = await createFunction(bare, { slug: "bare" });
  expect(made).toMatchObject({ engine: { ok: false, reason: expect.stringContaining("npm start") } });
  expect(await saveFunction(bare, { function: "bare", ...files(source("x")) })).toMatchObject({ changed: true });
  await expect(deployFunction(bare, { function: "bare" })).rejects.toMatchObject({ code: "unavailable" });
});
