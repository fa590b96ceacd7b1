import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable, Writable } from "node:stream";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { contentAddress } from "@/lib/functions/bundle/compiler";
import type { DeployRequest } from "@/lib/functions/deploy-request";
import { TEMPLATES } from "@/lib/functions/templates/catalogue";
import { startDev } from "./dev-server";
import { openEngine } from "./local-engine";
import { run } from "./run";

const home = mkdtempSync(join(tmpdir(), "aerostack-functions-"));
const uploads: { url?: string; key?: string; body: DeployRequest }[] = [];
let api: Server;
let env: Record<string, string>;

beforeAll(async () => {
  api = createServer(async (request, response) => {
    const body = JSON.parse(await text(request)) as DeployRequest;
    uploads.push({ url: request.url, key: request.headers.authorization, body });
    const answer = {
      server: { slug: body.slug },
      deployment: { id: "dep_1", version: 1, sha256: body.sha256 },
      tools: [{ name: "greet", qualifiedName: `${body.slug}__greet` }],
      missingSecrets: ["TOKEN"],
    };
    response.setHeader("content-type", "application/json").end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => api.listen(0, "127.0.0.1", resolve));
  env = { AEROSTACK_URL: `http://127.0.0.1:${(api.address() as AddressInfo).port}`, AEROSTACK_API_KEY: "aak_x" };
});
afterAll(() => {
  api.close();
  rmSync(home, { recursive: true });
});
beforeEach(() => void uploads.splice(0));

async function aerostack(...argv: string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const sink = (into: string[]) => new Writable({ write: (chunk, _, done) => done(void into.push(String(chunk))) });
  const code = await run(argv, { env, stdin: Readable.from([]), stdout: sink(out), stderr: sink(err), fetch });
  return { code, out: out.join(""), err: err.join("") };
}
const folder = (name: string) => join(home, name);
function write(name: string, files: Record<string, string>): string {
  mkdirSync(folder(name), { recursive: true });
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(join(folder(name), file, ".."), { recursive: true });
    writeFileSync(join(folder(name), file), content);
  }
  return folder(name);
}
const deploy = (path: string) => aerostack("deploy", path, "--workspace", "eng", "--slug", "hello", "--json");
const failure = async (path: string) => JSON.parse((await deploy(path)).err).error as { code: string; message: string };

test("what init makes passes its test and deploys as it is", async () => {
  const made = await aerostack("init", folder("hello"), "--json");
  expect(made).toMatchObject({ code: 0, err: "" });
  expect(JSON.parse(made.out).files).toEqual(expect.arrayContaining(["server.ts", "server.test.ts", "README.md"]));
  expect(readFileSync(join(folder("hello"), "README.md"), "utf8").split("\n").length).toBeLessThanOrEqual(21);
  const tested = await aerostack("test", folder("hello"));
  expect(tested, tested.out).toMatchObject({ code: 0 });
  expect(tested.out).toMatch(/pass 1/);

  const deployed = await deploy(folder("hello"));
  expect(deployed).toMatchObject({ code: 0, err: "" });
  expect(JSON.parse(deployed.out)).toMatchObject({
    deployment: { version: 1 },
    tools: [{ qualifiedName: "hello__greet" }],
  });
  const { url, key, body } = uploads[0] ?? {};
  expect([url, key]).toEqual(["/api/v1/workspaces/eng/functions", "Bearer aak_x"]);
  expect(body).toMatchObject({ slug: "hello", entry: "server.ts", manifest: { hosts: [], secrets: {} } });
  expect(Object.keys(body?.files ?? {})).toEqual(["server.ts"]);
  expect(contentAddress(body?.code ?? "")).toBe(body?.sha256);
});

test.each(TEMPLATES.filter(({ id }) => id !== "hello"))(
  "init --template $id starts",
  async ({ id }) => {
    await aerostack("init", folder(id), "--template", id);
    expect(await aerostack("test", folder(id))).toMatchObject({ code: 0 });
  },
  60_000,
);

test("the author's packages and Node's modules are bundled or left to the runtime", async () => {
  const path = write("packages", {
    "server.ts": `import { defineServer, tool } from "@aerostack/server";
      import { words } from "their-package";
      import { createHash } from "crypto";
      import { helper } from "./lib/helper.js";
      export default defineServer({ name: "p", secrets: { TOKEN: { hosts: ["a.example.com"] } },
        tools: { t: tool({ description: words, run: () => createHash("sha256").update(helper).digest("hex") }) } });`,
    "lib/helper.ts": 'export const helper = "x";',
    "node_modules/their-package/package.json": '{"name":"their-package","main":"index.js"}',
    "node_modules/their-package/index.js": 'exports.words = "from their package";',
    ".env": "TOKEN=real-value",
  });
  expect(await deploy(path)).toMatchObject({ code: 0 });
  const { body } = uploads[0] ?? {};
  expect(body?.code).toContain("from their package");
  expect(body?.code).toContain('"node:crypto"');
  expect(Object.keys(body?.files ?? {}).sort()).toEqual(["lib/helper.ts", "server.ts"]);
  expect(body?.manifest.secrets).toEqual({ TOKEN: { hosts: ["a.example.com"] } });
  expect(JSON.stringify(body)).not.toContain("real-value");
});

test("a plain fetch handler declares what it needs in aerostack.json", async () => {
  const source = `const answer = (id, result) => Response.json({ jsonrpc: "2.0", id, result });
    export default { async fetch(request) {
      const { id, method } = await request.json();
      return answer(id, method === "tools/list" ? { tools: [{ name: "t", inputSchema: { type: "object" } }] } : {});
    } };`;
  const hosts = [{ host: "a.example.com" }];
  expect(
    await deploy(write("plain", { "server.js": source, "aerostack.json": JSON.stringify({ hosts }) })),
  ).toMatchObject({ code: 0 });
  expect(uploads[0]?.body.manifest.hosts).toEqual(hosts);
  const forged = { hosts: [{ host: "*" }] };
  expect(
    await failure(write("forged", { "server.js": source, "aerostack.json": JSON.stringify(forged) })),
  ).toMatchObject({ code: "invalid" });
});

test.each([
  ["nothing there", {}, "build_failed", "no server.ts"],
  ["broken", { "server.ts": "\nsyntax error {" }, "build_failed", "server.ts:2:8"],
  ["missing", { "server.ts": 'import "not-installed";' }, "build_failed", "not-installed"],
  ["no handler", { "server.ts": "export default 5;" }, "start_failed", "has no fetch"],
  ["throws", { "server.ts": 'throw new Error("at start");' }, "start_failed", "at start"],
  ["no MCP", { "server.ts": 'export default { fetch: () => new Response("hi") };' }, "start_failed", "no MCP message"],
])("%s: is not deployed, and says why", async (name, files, code, words) => {
  const error = await failure(write(name.replaceAll(" ", "-"), files));
  expect(error).toMatchObject({ code, message: expect.stringContaining(words) });
  expect(uploads).toEqual([]);
});

test("init leaves a folder alone that holds something", async () => {
  const result = await aerostack("init", write("taken", { "a.txt": "x" }), "--json");
  expect(JSON.parse(result.err)).toMatchObject({ error: { code: "conflict" } });
  expect((await aerostack("init", folder("y"), "--template", "none")).code).toBe(1);
});

test.each(["workerd", "node"])(
  "dev on %s serves the function, says its calls, follows changes and survives mistakes",
  async (engine) => {
    const name = `dev-${engine}`;
    await aerostack("init", folder(name));
    const source = join(folder(name), "server.ts");
    const good = readFileSync(source, "utf8");
    const lines: string[] = [];
    const server = await startDev(
      folder(name),
      0,
      (line) => lines.push(line),
      await openEngine(engine, () => undefined),
    );
    const said = (words: string, times = 1) =>
      vi.waitFor(() => expect(lines.filter((line) => line.includes(words))).toHaveLength(times), { timeout: 20_000 });
    const greet = async (headers = {}) => {
      const params = { name: "greet", arguments: { name: "Ada" } };
      const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params });
      const response = await fetch(server.url, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body,
      });
      return `${response.status} ${await response.text()}`;
    };
    await said("ready: greet");
    expect(await greet()).toContain("Hello, Ada!");
    await said("greet  200");
    expect(await greet({ origin: "https://evil.example" })).toBe("403 ");
    writeFileSync(source, good.replace("Hello, ", "Salve, "));
    await said("ready: greet", 2);
    expect(await greet()).toContain("Salve, Ada!");
    writeFileSync(source, "syntax error {");
    await said("server.ts:1:8");
    writeFileSync(source, good);
    await said("ready: greet", 3);
    expect(await greet()).toContain("Hello, Ada!");
    await server.close();
    await expect(greet()).rejects.toThrow();
  },
  90_000,
);
