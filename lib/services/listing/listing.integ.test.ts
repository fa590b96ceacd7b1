import { and, asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { auditEvents } from "@/db/schema/audit-events";
import { secrets } from "@/db/schema/secrets";
import { serverTools } from "@/db/schema/server-tools";
import { servers } from "@/db/schema/servers";
import { withOwn } from "@/lib/hub/catalogue";
import { parseOwnListings } from "@/lib/hub/own-listings";
import { UpstreamError } from "@/lib/mcp/transport";
import type { WorkspaceCtx } from "@/lib/services/context";
import { getServer } from "@/lib/services/server/get";
import { refreshTools } from "@/lib/services/server/refresh-tools";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { mintMember, mintWorkspace, type World } from "@/lib/testing/factories";
import { type GuardedUpstream, guardedUpstream, toolText } from "@/lib/testing/guarded-upstream";
import { getListing } from "./get";
import { installListing } from "./install";
import { listListings } from "./list";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const CANARY = "canary-4b1d77";
const READS = JSON.stringify({ name: "read", inputSchema: { type: "object" }, annotations: { readOnlyHint: true } });

const world = (upstream: GuardedUpstream, more: Partial<World> = {}): Promise<WorkspaceCtx> =>
  mintWorkspace({ db: database.db, transport: upstream.transport, ...more });
const rows = (ctx: WorkspaceCtx) => ctx.db.select().from(servers).where(eq(servers.workspaceId, ctx.workspace.id));
const sealed = (ctx: WorkspaceCtx) => ctx.db.select().from(secrets).where(eq(secrets.workspaceId, ctx.workspace.id));
const headerOf = (upstream: GuardedUpstream, name: string) =>
  upstream.requests.map(({ headers }) => Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1]);

test("one that needs nothing: one call, and its tools are there, as an admin has seen them", async () => {
  const upstream = guardedUpstream([toolText("microsoft_docs_search"), READS]);
  const ctx = await world(upstream);
  const done = await installListing(ctx, { listing: "microsoft-learn" });
  expect(done).toMatchObject({
    server: { slug: "microsoft-learn", name: "Microsoft Learn", kind: "hub", status: "up", tools: { enabled: 2 } },
    probe: { ok: true },
    switchedOff: [],
  });
  expect(upstream.requests[0]?.url).toBe("https://learn.microsoft.com/api/mcp");
  const tools = await ctx.db.select().from(serverTools).where(eq(serverTools.workspaceId, ctx.workspace.id));
  for (const tool of tools) expect(tool.reviewed).toBe(tool.definition);
  const [row] = await rows(ctx);
  expect(row).toMatchObject({ kind: "hub", listing: "microsoft-learn" });
  const page = await listListings(ctx, { workspace: ctx.workspace.slug, installed: true });
  expect(page.listings.map(({ slug, installed }) => [slug, installed[0]?.slug])).toEqual([
    ["microsoft-learn", "microsoft-learn"],
  ]);
  expect(page.facets.installed).toBe(1);
  expect((await getListing(ctx, { listing: "microsoft-learn", workspace: ctx.workspace.slug })).suggestedSlug).toBe(
    "microsoft-lear-2",
  );

  // What the server says later does not take the place of what was accepted.
  upstream.tools = [toolText("microsoft_docs_search", "now something else"), READS];
  await refreshTools(ctx, { server: "microsoft-learn" });
  const changed = (await getServer(ctx, { server: "microsoft-learn" })).toolList;
  expect(changed.map(({ name, review }) => [name, review])).toEqual([
    ["microsoft_docs_search", "changed"],
    ["read", "reviewed"],
  ]);
});

test("a pasted secret: sealed to the endpoint's origin, sent in its header, in no row, answer or log", async () => {
  const upstream = guardedUpstream([toolText("list_issues", `your key is ${CANARY}`)], `Bearer ${CANARY}`);
  const lines: string[] = [];
  const ctx = await world(upstream, { lines });
  const done = await installListing(ctx, { listing: "github", slug: "gh", secrets: { GITHUB_TOKEN: CANARY } });
  expect(done.server).toMatchObject({ slug: "gh", status: "up", url: "https://api.githubcopilot.com/mcp/readonly" });
  expect((await sealed(ctx)).map(({ name, origin }) => [name, origin])).toEqual([
    ["GITHUB_TOKEN", "https://api.githubcopilot.com"],
  ]);
  const events = await ctx.db
    .select()
    .from(auditEvents)
    .where(eq(auditEvents.workspaceId, ctx.workspace.id))
    .orderBy(asc(auditEvents.id));
  expect(events.map(({ action }) => action)).toEqual(["workspace.create", "server.install", "secret.set"]);
  const tools = await ctx.db.select().from(serverTools).where(eq(serverTools.workspaceId, ctx.workspace.id));
  expect(JSON.stringify([done, await rows(ctx), await sealed(ctx), events, tools, lines])).not.toContain(CANARY);
});

test("two secrets in one header by base64; two headers; a setting in the address", async () => {
  const upstream = guardedUpstream([toolText("a")]);
  const ctx = await world(upstream);
  const pair = { LANGFUSE_PUBLIC_KEY: "pk-lf-1", LANGFUSE_SECRET_KEY: "sk-lf-2" };
  await installListing(ctx, { listing: "langfuse", endpoint: "US", secrets: pair });
  expect(headerOf(upstream, "authorization")).toContain(`Basic ${btoa("pk-lf-1:sk-lf-2")}`);
  expect(new Set((await sealed(ctx)).map(({ origin }) => origin))).toEqual(new Set(["https://us.cloud.langfuse.com"]));

  await installListing(ctx, { listing: "datadog", secrets: { DD_API_KEY: "dd-1", DD_APPLICATION_KEY: "dd-2" } });
  expect(headerOf(upstream, "dd_api_key")).toContain("dd-1");
  expect(headerOf(upstream, "dd_application_key")).toContain("dd-2");

  const project = {
    listing: "supabase",
    endpoint: "One project, read only",
    secrets: { SUPABASE_ACCESS_TOKEN: "s-1" },
  };
  await expect(installListing(ctx, project)).rejects.toMatchObject({ code: "invalid", field: "settings.projectRef" });
  const evil = installListing(ctx, { ...project, settings: { projectRef: "a&read_only=false" } });
  await expect(evil).rejects.toMatchObject({ field: "settings.projectRef" });
  const done = await installListing(ctx, { ...project, settings: { projectRef: "abcd" } });
  expect(done.server.url).toBe("https://mcp.supabase.com/mcp?project_ref=abcd&read_only=true");
});

test("an optional key is sent where it is given, and its header left out where not", async () => {
  const upstream = guardedUpstream([toolText("query-docs")]);
  const ctx = await world(upstream);
  await installListing(ctx, { listing: "context7" });
  expect(headerOf(upstream, "authorization").filter(Boolean)).toEqual([]);
  await installListing(ctx, { listing: "context7", slug: "context7-key", secrets: { CONTEXT7_API_KEY: "ctx-1" } });
  expect(headerOf(upstream, "authorization")).toContain("Bearer ctx-1");
  expect((await rows(ctx)).map(({ slug, headers }) => [slug, headers.length]).sort()).toEqual([
    ["context7", 0],
    ["context7-key", 1],
  ]);
});

test("a wrong key, a silent host and a redirect are told apart, and leave nothing", async () => {
  const upstream = guardedUpstream([toolText("a")], "Bearer right");
  const ctx = await world(upstream);
  const install = (more: object = {}) =>
    installListing(ctx, { listing: "stripe", secrets: { STRIPE_RESTRICTED_KEY: CANARY }, ...more });
  const refused = { code: "invalid", field: "secrets.STRIPE_RESTRICTED_KEY" };
  await expect(install()).rejects.toMatchObject(refused);
  await expect(install({ force: true })).rejects.toMatchObject(refused);
  await expect(install()).rejects.not.toThrow(CANARY);
  upstream.down = true;
  await expect(install()).rejects.toMatchObject({ code: "upstream_failed" });
  await expect(install({ force: true, readOnly: true })).rejects.toMatchObject({ field: "readOnly" });
  const moved = {
    ...ctx,
    transport: () => Promise.reject(new UpstreamError("redirect", "It sends us elsewhere.", 302)),
  };
  await expect(installListing(moved, { listing: "deepwiki" })).rejects.toMatchObject({ code: "upstream_failed" });
  expect(await rows(ctx)).toEqual([]);
  expect(await sealed(ctx)).toEqual([]);

  const kept = await install({ force: true });
  expect(kept).toMatchObject({ server: { slug: "stripe", status: "problem" }, probe: { ok: false } });
  expect((await sealed(ctx)).length).toBe(1);
});

test("a read-only install switches off what does not say that it only reads, hostile names and all", async () => {
  const odd = ["__proto__", "a".repeat(120)];
  const malformed = ["<img src=x onerror=alert(1)>", "drop table"];
  const upstream = guardedUpstream([READS, ...[...odd, ...malformed].map((name) => toolText(name, "<script>"))]);
  const ctx = await world(upstream);
  const done = await installListing(ctx, { listing: "deepwiki", readOnly: true });
  expect(done.switchedOff.toSorted()).toEqual(odd.toSorted());
  const on = await ctx.db
    .select({ name: serverTools.name })
    .from(serverTools)
    .where(and(eq(serverTools.workspaceId, ctx.workspace.id), eq(serverTools.enabled, true)));
  expect(on).toEqual([{ name: "read" }]);
});

test("two clicks make one server; a taken slug comes with a free one", async () => {
  const ctx = await world(guardedUpstream([toolText("a")]));
  const both = await Promise.allSettled([
    installListing(ctx, { listing: "deepwiki" }),
    installListing(ctx, { listing: "deepwiki" }),
  ]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect(both.find((one) => one.status === "rejected")?.reason).toMatchObject({
    code: "conflict",
    field: "slug",
    message: expect.stringContaining("deepwiki-2"),
  });
  expect((await rows(ctx)).length).toBe(1);
  await installListing(ctx, { listing: "deepwiki", slug: "deepwiki-2", name: "For the docs team" });
  expect((await rows(ctx)).length).toBe(2);
});

test("what cannot be installed says why", async () => {
  const upstream = guardedUpstream([toolText("a")]);
  const ctx = await world(upstream);
  const attempt = (input: object) => installListing(ctx, { listing: "stripe", ...input });
  await expect(attempt({ listing: "notion" })).rejects.toMatchObject({ code: "invalid", field: "listing" });
  await expect(attempt({ listing: "slack" })).rejects.toThrow(/made at the vendor first/);
  await expect(attempt({ listing: "no-such" })).rejects.toMatchObject({ code: "not_found" });
  await expect(attempt({})).rejects.toMatchObject({ field: "secrets.STRIPE_RESTRICTED_KEY" });
  await expect(attempt({ secrets: { OTHER: "x" } })).rejects.toMatchObject({ field: "secrets.OTHER" });
  await expect(attempt({ endpoint: "Mars" })).rejects.toMatchObject({ field: "endpoint" });
  const broken = { STRIPE_RESTRICTED_KEY: "line\nbreak" };
  await expect(attempt({ secrets: broken })).rejects.toMatchObject({ field: "secrets.STRIPE_RESTRICTED_KEY" });
  for (const role of ["member", "auditor"] as const) {
    const other = await mintMember(ctx, role, { db: database.db, transport: upstream.transport });
    await expect(installListing(other, { listing: "deepwiki" })).rejects.toMatchObject({ code: "forbidden" });
    expect((await listListings(other, {})).total).toBe(112);
  }
  expect(upstream.requests).toEqual([]);
});

test("an operator's own listing is found first; one on a private address is refused like any other", async () => {
  const own = parseOwnListings(
    JSON.stringify([
      {
        slug: "wiki",
        name: "Wiki",
        vendor: "Acme",
        description: "<script>alert(1)</script>",
        endpoints: [{ url: "http://10.0.0.1/mcp" }],
        auth: { kind: "none" },
      },
    ]),
  );
  const ctx = await world(guardedUpstream([toolText("a")]), { listings: withOwn(own) });
  const page = await listListings(ctx, {});
  expect(page.listings[0]).toMatchObject({ slug: "wiki", own: true, category: { label: "Internal" } });
  await expect(installListing(ctx, { listing: "wiki" })).rejects.toMatchObject({ code: "invalid" });
});

test("filters narrow, and each facet counts what its click would show", async () => {
  const ctx = await world(guardedUpstream([]));
  const all = await listListings(ctx, {});
  expect(all.facets.needs.map(({ count }) => count)).toEqual([24, 39, 49]);
  expect(all.facets.category.reduce((sum, { count }) => sum + count, 0)).toBe(112);
  expect(all.listings[0]).toMatchObject({ needs: "nothing", popular: true });
  const some = await listListings(ctx, { needs: "secret,nothing", category: "database", readOnly: "true" });
  expect(some.listings.map(({ slug }) => slug).toSorted()).toEqual(["neon", "supabase"]);
  for (const { key, count } of some.facets.category) {
    const clicked = await listListings(ctx, { needs: "secret,nothing", category: key, readOnly: true });
    expect(clicked.listings.length, key).toBe(count);
  }
  await expect(listListings(ctx, { category: "nonsense" })).rejects.toMatchObject({
    field: expect.stringMatching(/^category/),
  });
  await expect(listListings(ctx, { workspace: "not-mine" })).rejects.toMatchObject({ code: "not_found" });
});
