import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { expect, proves, test } from "./fixtures";
import { callTool, connect, textOf } from "./support/mcp";
import { freePort } from "./support/process";
import { startSecretUpstream } from "./support/secret-upstream";
import { Shell } from "./support/shell";
import { mintSecret } from "./support/workspace";

const COLUMNS =
  "event_id occurred_at workspace actor_id actor_email actor_role token_id token_prefix auth_method client_name client_version source_ip user_agent session_id request_id mcp_method server tool tool_kind outcome error_class error_code upstream_status duration_ms upstream_ms request_bytes response_bytes args_sha256 secrets_used".split(
    " ",
  );

interface NewToken {
  id: string;
  token: string;
  mcp_json: { mcpServers: Record<string, { type: string; url: string; headers: { Authorization: string } }> };
}

test(proves("cli:examples"), async ({ product }) => {
  const secret = mintSecret();
  const upstream = await startSecretUpstream(secret, 3001).catch(async () =>
    startSecretUpstream(secret, await freePort()),
  );
  const port = new URL(upstream.url).port; // 3001, the documented one, unless something else listens there
  const shell = new Shell({ AEROSTACK_URL: product.origin, AEROSTACK_API_KEY: product.apiKey });
  try {
    const workspace = await shell.json<{ slug: string; sseUrl: string }>(
      "aerostack workspace create Engineering --slug eng --json",
    );
    expect(workspace).toMatchObject({ slug: "eng", sseUrl: `${product.origin}/ws/eng/sse` });
    expect(
      (await shell.json<{ workspaces: { slug: string }[] }>("aerostack workspace list --json")).workspaces.map(
        ({ slug }) => slug,
      ),
    ).toContain("eng");

    const line = `aerostack mcp add eng --slug github --url http://127.0.0.1:${port}/mcp --header "Authorization: Bearer {{GITHUB_TOKEN}}" --json`;
    expect(await shell.json(line)).toMatchObject({ server: { slug: "github" }, missingSecrets: ["GITHUB_TOKEN"] });
    expect(upstream.seen.length, "nothing is sent without the secret").toBe(0);

    shell.write("token.txt", `${secret}\n`);
    const set = await shell.run("aerostack secrets set eng github GITHUB_TOKEN < token.txt");
    expect(set.code, set.output).toBe(0);
    expect(set.output).not.toContain(secret);
    expect(JSON.stringify(await shell.json("aerostack secrets list eng github --json"))).not.toContain(secret);
    expect(await shell.json("aerostack mcp list eng --json")).toMatchObject({
      servers: [{ slug: "github", status: "up" }],
    });

    const token = await shell.json<NewToken>('aerostack workspace token create eng --name "Alice Chen" --json');
    expect(token.id).toMatch(/^tok_/);
    expect(token.token).toMatch(/^mwt_[0-9A-Za-z]{49}$/);
    const { url, headers } = token.mcp_json.mcpServers.eng ?? { url: "", headers: { Authorization: "" } };
    expect(headers.Authorization).toBe(`Bearer ${token.token}`);
    const client = await connect(url, token.token, "http");
    expect(textOf(await client.callTool({ name: "github__whoami", arguments: { who: "alice" } }))).toBe(
      "you are alice",
    );
    await client.close();

    await expect
      .poll(() => shell.json("aerostack calls list eng --json"))
      .toMatchObject({ calls: [{ actor: "Alice Chen", server: "github", tool: "whoami", outcome: "ok" }] });
    const csv = await shell.run("aerostack calls export eng --format csv");
    expect(csv.code, csv.output).toBe(0);
    const [head, ...rows] = parse(csv.stdout) as string[][];
    expect(
      COLUMNS.filter((name) => head?.includes(name)),
      "the documented columns, in their order",
    ).toEqual(head);
    expect(rows.length).toBe(1);
    expect(csv.stdout).not.toContain(secret);
    const row = Object.fromEntries((head ?? []).map((name, at) => [name, rows[0]?.[at]]));
    expect(row).toMatchObject({
      workspace: "eng",
      token_id: token.id,
      server: "github",
      tool: "whoami",
      outcome: "ok",
      secrets_used: "GITHUB_TOKEN",
    });

    expect(await shell.json(`aerostack workspace token revoke eng ${token.id} --json`)).toMatchObject({ id: token.id });
    await expect
      .poll(async () => (await callTool(url, token.token, "github__echo")).status, { timeout: 3_000 })
      .toBe(401);
    expect(await shell.json("aerostack workspace token list eng --json")).toMatchObject({
      tokens: [{ id: token.id, status: "revoked" }],
    });

    await shell.json("aerostack secrets delete eng github GITHUB_TOKEN --json");
    await shell.json("aerostack mcp remove eng github --yes --json");
    await shell.json("aerostack workspace delete eng --yes --json");
    expect((await shell.run("aerostack mcp list eng --json")).code).toBe(1);
  } finally {
    await upstream.close();
  }
});

test(proves("cli:login"), async ({ product, workspace }) => {
  const shell = new Shell({});
  const refused = await shell.run("aerostack workspace list --json");
  expect(refused.code).toBe(1);
  expect(refused.output).toContain("aerostack login");
  const wrong = await shell.run(`aerostack login --url ${product.origin} --api-key aak_wrong --json`);
  expect(wrong.code).toBe(1);

  const login = await shell.run(`aerostack login --url ${product.origin} --api-key ${product.apiKey}`);
  expect(login.code, login.output).toBe(0);
  expect(login.output).not.toContain(product.apiKey);
  const listed = await shell.json<{ workspaces: { slug: string }[] }>("aerostack workspace list --json");
  expect(listed.workspaces.map(({ slug }) => slug)).toContain(workspace.slug);
});

test(proves("api:openapi"), async ({ product }) => {
  const response = await fetch(`${product.origin}/api/openapi.json`);
  expect(response.status).toBe(200);
  const document = (await response.json()) as { openapi: string; paths: Record<string, Record<string, unknown>> };
  expect(document.openapi).toMatch(/^3\.1/);
  const folder = join(import.meta.dirname, "../lib/api");
  const table = readdirSync(folder)
    .filter((name) => name.endsWith("-routes.ts"))
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .join("\n");
  const routes = [...table.matchAll(/(user|workspace)Operation\("[^"]+", "(\w+)", "([^"]*)"/g)].map(
    ([, kind, method, path]) => ({
      method: method?.toLowerCase() ?? "",
      path: `${kind === "workspace" ? "/workspaces/{workspace}" : ""}${path}`,
    }),
  );
  expect(routes.length).toBeGreaterThan(50);
  const documented = new Set(
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path.replace("/api/v1", "")}`),
    ),
  );
  expect(routes.map(({ method, path }) => `${method} ${path}`).filter((route) => !documented.has(route))).toEqual([]);
});
