import { expect, expectAlive, proves, test } from "./fixtures";
import { signIn, watchErrors } from "./support/browser";
import { sendHttp } from "./support/raw-http";
import { mintWorkspace } from "./support/workspace";

/** Ids that fit nothing; each must be answered like the next one, whatever it looks like. */
const STRANGE_IDS = [
  "1",
  "-1",
  "NaN",
  "00000000-0000-0000-0000-000000000000",
  "%2e%2e%2fx",
  "srv_",
  "__proto__",
  "%00",
];

/** What must come back for a list that is asked for nonsense. */
const STRANGE_QUERIES = [
  "limit=-1",
  "limit=1e9",
  "limit=NaN",
  "cursor=%00",
  "cursor=x",
  "sort=__proto__",
  "sort=id;drop",
];

test(
  proves("api:bad-input", "an id of another workspace reads like one that does not exist"),
  async ({ api, product, workspace, upstream }) => {
    const other = await mintWorkspace(api, product);
    await other.addSecret("vault", upstream);
    const server = await api.getServer(other.slug, "vault");
    const path = (id: string) => `/workspaces/${workspace.slug}/servers/${id}`;
    const refusal = async (method: string, at: string, body?: unknown) => {
      const { status, body: text } = await api.send(method, at, body);
      return { status, text: JSON.stringify(text).replace(/"requestId":"[^"]+"/, "") };
    };
    for (const method of ["GET", "PATCH", "DELETE"]) {
      const body = method === "PATCH" ? { name: "Mine" } : method === "DELETE" ? { confirm: "vault" } : undefined;
      const foreign = await refusal(method, path(server.id), body);
      expect(foreign.status).toBe(404);
      expect(foreign).toEqual(await refusal(method, path("srv_000000000000000000000000"), body));
    }
    expect((await api.send("DELETE", `/workspaces/${workspace.slug}/tokens/${other.tokenId}`)).status).toBe(404);
    const smuggled = await api.send("POST", `/workspaces/${workspace.slug}/servers`, { fromServerId: server.id });
    expect([403, 404, 422]).toContain(smuggled.status);
    expect((await api.send("GET", `/workspaces/${other.slug}/servers/vault`)).status).toBe(200);
  },
);

test(
  proves("api:bad-input", "odd ids, queries, dates and fields are refused by name, and nothing is written"),
  async ({ api, workspace, product }) => {
    for (const id of STRANGE_IDS)
      expect([400, 404, 422], id).toContain(
        (await api.send("GET", `/workspaces/${workspace.slug}/servers/${id}`)).status,
      );
    for (const query of [...STRANGE_QUERIES, "from=2026-13-45", "to=yesterday"])
      for (const list of ["audit", "calls"])
        expect([400, 422], `${list}?${query}`).toContain(
          (await api.send("GET", `/workspaces/${workspace.slug}/${list}?${query}`)).status,
        );
    for (const query of [...STRANGE_QUERIES, "from=9999-99-99&to=x", "from=2026-02-01&to=2026-01-01", "range=8d"])
      for (const file of ["calls.csv", "calls.jsonl", "audit.csv", "audit.jsonl", "exports/estimate", "exports"]) {
        const wanted = `${file}?${query}${file === "exports/estimate" ? "&log=calls" : ""}`;
        const answer = await api.send("GET", `/workspaces/${workspace.slug}/${wanted}`);
        expect([400, 422], wanted).toContain(answer.status);
        expect(answer.body, wanted).toMatchObject({ error: { field: expect.any(String) } });
      }
    const slug = `m${workspace.slug}`.slice(0, 40);
    const mass = await api.send("POST", "/workspaces", { name: "x", slug, id: "ws_1", ownerId: "usr_1", plan: "gold" });
    expect(mass.status).toBe(422);
    expect((await api.send("GET", `/workspaces/${slug}`)).status).toBe(404);
    const revoke = await api.send("GET", `/workspaces/${workspace.slug}/tokens/revoke?id=${workspace.tokenId}`);
    expect([404, 405]).toContain(revoke.status);
    await expectAlive(product);
  },
);

test(
  proves("api:bad-input", "another site's page, a form post and a false Host get nowhere with the cookie"),
  async ({ page, product, workspace }) => {
    await signIn(page, product);
    const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
    const path = `/api/v1/workspaces/${workspace.slug}/tokens`;
    const attempt = (headers: Record<string, string>) =>
      sendHttp(product.port, { method: "POST", path, headers: { cookie, ...headers }, body: '{"name":"x"}' });
    const json = { "content-type": "application/json" };
    const refused: Record<string, string>[] = [
      { "content-type": "text/plain", origin: "https://evil.example" },
      { ...json, origin: "https://evil.example" },
      { ...json, "sec-fetch-site": "cross-site" },
      { ...json, host: "evil.example", "x-forwarded-host": "evil.example" },
      json,
    ];
    for (const headers of refused) expect([400, 403, 415, 421]).toContain((await attempt(headers)).status);
    expect((await attempt({ ...json, origin: product.origin })).status).toBe(201);
  },
);

test(proves("dashboard:headers"), async ({ page, product }) => {
  await signIn(page, product);
  for (const path of ["/w", "/sign-in", "/account"]) {
    const headers = (await page.goto(`${product.origin}${path}`))?.headers() ?? {};
    expect(headers["content-security-policy"], path).toContain("frame-ancestors 'none'");
    expect(headers["content-security-policy"]).toMatch(/script-src 'nonce-[^']+' 'strict-dynamic'/);
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["referrer-policy"]).toMatch(/same-origin|no-referrer/);
    expect(headers["strict-transport-security"]).toContain("max-age=");
    expect(headers["cache-control"]).toContain("no-store");
  }
});

test(proves("dashboard:hostile-text"), async ({ page, api, product, workspace, upstream }) => {
  const hostile = "<img src=x onerror=alert(1)>";
  await workspace.addSecret("vault", upstream);
  await api.send("PATCH", `/workspaces/${workspace.slug}/servers/vault`, { name: hostile });
  await workspace.issue("<svg/onload=alert(1)>");
  const errors = watchErrors(page);
  let dialogs = 0;
  page.on("dialog", (dialog) => {
    dialogs++;
    void dialog.dismiss();
  });
  await signIn(page, product);
  for (const path of ["", "/servers", "/servers/vault", "/tokens", "/members", "/audit", "/secrets", "/calls"]) {
    await page.goto(`${product.origin}/w/${workspace.slug}${path}`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    expect(await page.locator('img[src="x"], svg[onload], [href^="javascript:"]').count(), path).toBe(0);
  }
  await page.goto(`${product.origin}/w/${workspace.slug}/servers`);
  await expect(page.getByText(hostile).first()).toBeVisible();
  expect(dialogs).toBe(0);
  expect(errors).toEqual([]);
});
