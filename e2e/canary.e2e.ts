import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, proves, test } from "./fixtures";
import { Api } from "./support/api";
import { signIn } from "./support/browser";
import { callTool } from "./support/mcp";
import { sleep } from "./support/process";
import { RESULTS, startProduct } from "./support/product";
import { mintWorkspace } from "./support/workspace";

/** Pages that show anything of a workspace; a new page belongs here. */
const PAGES = ["", "/servers", "/servers/vault", "/secrets", "/connections", "/members", "/tokens", "/connect"].concat([
  "/rules",
  "/audit",
  "/calls",
  "/settings",
]);

/** A value in the forms in which it could lie somewhere. Base64 without its ends, which depend on the neighbours. */
function encodings(value: string): string[] {
  const bytes = Buffer.from(value);
  const base64 = [0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift), bytes])
      .toString("base64")
      .slice(4, -4)
      .replace(/=+$/, ""),
  );
  return [
    value,
    encodeURIComponent(value),
    bytes.toString("hex"),
    ...base64,
    ...base64.map((text) => text.replaceAll("+", "-").replaceAll("/", "_")),
  ];
}

function filesBelow(dir: string): string[] {
  return readdirSync(dir, { recursive: true, encoding: "utf8" })
    .map((name) => join(dir, name))
    .filter((path) => statSync(path).isFile());
}

test(proves("secrets:canary"), async ({ page, upstream, nasty, lane }) => {
  test.setTimeout(180_000);
  const product = await startProduct({ lane });
  try {
    const api = new Api(product.origin, product.apiKey);
    const workspace = await mintWorkspace(api, product);
    const { slug } = workspace;
    await workspace.addSecret("vault", upstream);
    const needles = encodings(upstream.secret);
    const places: [where: string, text: string][] = [];

    // Every way in which a call can end, each with the secret on board.
    for (const tool of ["echo", "leak", "boom", "nope"]) {
      const { text } = await callTool(workspace.sse, workspace.token, `vault__${tool}`, { message: "x" });
      places.push([`answer of ${tool}`, text]);
    }
    for (const mode of nasty.modes.slice(0, 8)) {
      await api.send("POST", `/workspaces/${slug}/servers`, {
        slug: mode,
        url: nasty.url(mode),
        headers: [{ name: "Authorization", template: "Bearer {{API_KEY}}" }],
        secrets: { API_KEY: upstream.secret },
        force: true,
      });
      const cut = AbortSignal.timeout(4_000);
      const call = callTool(workspace.sse, workspace.token, `${mode}__tool`);
      const ended = await Promise.race([
        call,
        new Promise<null>((done) => cut.addEventListener("abort", () => done(null))),
      ]);
      places.push([`answer of ${mode}`, ended?.text ?? ""]);
      call.catch(() => undefined);
    }
    // Values that are refused when they are set.
    for (const value of [`${upstream.secret}\r\nX-Evil: 1`, ` ${upstream.secret}`, `${upstream.secret}\u200b`]) {
      const refused = await api.send("PUT", `/workspaces/${slug}/servers/vault/secrets/API_KEY`, { value });
      expect(refused.status).toBe(422);
      places.push(["refusal", JSON.stringify(refused.body)]);
    }

    const { paths } = (await (await fetch(`${product.origin}/api/openapi.json`)).json()) as {
      paths: Record<string, Record<string, unknown>>;
    };
    for (const [path, methods] of Object.entries(paths)) {
      if (!("get" in methods)) continue;
      const filled = path.replace("/api/v1", "").replace("{workspace}", slug).replace("{server}", "vault");
      const answer = await api.send("GET", filled.replace(/\{\w+\}/g, "x"));
      places.push([`API ${path}`, typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body)]);
    }
    expect(places.filter(([where]) => where.startsWith("API")).length).toBeGreaterThan(10);

    await signIn(page, product);
    for (const path of PAGES) {
      const response = await page.goto(`${product.origin}/w/${slug}${path}`);
      expect(response?.status(), path).toBe(200);
      places.push([`page ${path}`, `${await response?.text()}${await page.content()}`]);
    }
    await page.goto(`${product.origin}/account`);
    places.push(["page account", await page.content()]);

    await sleep(500); // outcomes are written a moment after the answer
    await product.stop();
    places.push(["log", product.output()]);
    for (const file of filesBelow(product.dataDir)) places.push([`file ${file}`, readFileSync(file, "latin1")]);
    for (const file of filesBelow(join(RESULTS, "logs"))) places.push([`log ${file}`, readFileSync(file, "latin1")]);

    expect(
      places.some(([where, text]) => where.startsWith("file") && text.includes(slug)),
      "the database was read",
    ).toBe(true);
    const hits = places.flatMap(([where, text]) => (needles.some((needle) => text.includes(needle)) ? [where] : []));
    expect(hits).toEqual([]);
  } finally {
    await product.stop();
  }
});
