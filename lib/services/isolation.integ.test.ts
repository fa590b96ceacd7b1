import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { oauthGrants } from "@/db/schema/oauth-grants";
import { ROUTES } from "@/lib/api/routes";
import type { AppError } from "@/lib/errors";
import { listAudit } from "@/lib/services/audit/list";
import { listCalls } from "@/lib/services/call/list";
import { type WorkspaceCtx, workspaceCtx } from "@/lib/services/context";
import { createExport } from "@/lib/services/export/create";
import { createFunction } from "@/lib/services/function/create";
import { getFunction } from "@/lib/services/function/get";
import { listFunctions } from "@/lib/services/function/list";
import { listDeployments } from "@/lib/services/function/list-deployments";
import { listGrants } from "@/lib/services/grant/list";
import { createInvitations } from "@/lib/services/invitation/create";
import { listInvitations } from "@/lib/services/invitation/list";
import { listMembers } from "@/lib/services/member/list";
import { createRule } from "@/lib/services/rule/create";
import { listRules } from "@/lib/services/rule/list";
import { listSecrets } from "@/lib/services/secret/list";
import { listOwnSecrets } from "@/lib/services/secret/list-own";
import { listWorkspaceSecrets } from "@/lib/services/secret/list-workspace";
import { addServer } from "@/lib/services/server/add";
import { getServer } from "@/lib/services/server/get";
import { listServers } from "@/lib/services/server/list";
import { createToken } from "@/lib/services/token/create";
import { listTokens } from "@/lib/services/token/list";
import { listWorkspaces } from "@/lib/services/workspace/list";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { mintCalls, mintDeployment, mintUser, mintWorkspace, type World } from "@/lib/testing/factories";
import { guardedUpstream, toolText } from "@/lib/testing/guarded-upstream";

interface Tenant {
  ctx: WorkspaceCtx;
  server: string;
  serverId: string;
  token: string;
  /** One row of each kind, by the name of its path parameter. */
  ids: Record<string, string>;
}
let database: TestDatabase;
let world: World;
let own: Tenant;
let other: Tenant;

/** A workspace with one of everything; `mark` is in all its names. */
async function tenant(mark: string): Promise<Tenant> {
  const ctx = await mintWorkspace(world);
  const headers = [{ name: "X-Key", template: "{{KEY}}" }];
  const slug = `s-${mark}`;
  const { server } = await addServer(ctx, {
    slug,
    url: `https://${mark}.example.com/mcp`,
    headers,
    secrets: { KEY: "value1" },
  });
  const token = await createToken(ctx, { name: `Person ${mark}` });
  const [call] = await mintCalls(ctx, [{ tool: `tool-${mark}` }]);
  const conditions = [{ path: ["text"], operator: "starts_with" as const, value: mark }];
  const rule = await createRule(ctx, { server: slug, tool: "echo", conditions });
  const [invited] = await createInvitations(ctx, { emails: [`guest@${mark}.example`], role: "member" });
  const hosted = await createFunction(ctx, { slug: `f-${mark}`, name: `Function ${mark}` });
  const deployment = await mintDeployment(ctx, hosted.slug, { note: mark });
  const grant = `grant-${mark}`;
  const client = { clientId: "c", clientName: `Client ${mark}`, redirectHost: `${mark}.example` };
  const { workspace } = ctx;
  const member = token.member.id;
  await ctx.db.insert(oauthGrants).values({ id: grant, workspaceId: workspace.id, memberId: member, ...client });
  const ids = {
    server: server.id,
    token: token.id,
    member,
    rule: rule.id,
    invitation: invited?.id ?? "",
    grant,
    function: hosted.serverId,
    deployment,
    call: call?.id ?? "",
    export: (await createExport(ctx, { log: "calls", format: "csv" })).id,
    event: (await listAudit(ctx)).events[0]?.id ?? "",
  };
  return { ctx, server: slug, serverId: server.id, token: token.id, ids };
}

beforeAll(async () => {
  database = await testDatabase();
  world = { db: database.db, transport: guardedUpstream([toolText("echo")]).transport };
  own = await tenant("ours");
  other = await tenant("theirs");
});
afterAll(() => database.close());

test("a foreign workspace and one that does not exist are refused alike", async () => {
  const refusal = async (slug: string) => workspaceCtx(own.ctx, slug).catch(({ code, message }) => ({ code, message }));
  const foreign = await refusal(other.ctx.workspace.slug);
  expect(foreign).toMatchObject({ code: "not_found" });
  for (const slug of ["nothing-there", "", "a\u0000b", "../x", other.ctx.workspace.id])
    expect(await refusal(slug)).toEqual(foreign);
});

test("an installation's owner is no member of other people's workspaces", async () => {
  const root = await mintUser(world, { instanceOwner: true });
  await expect(workspaceCtx(root, other.ctx.workspace.slug)).rejects.toMatchObject({ code: "not_found" });
});

/** What each path parameter names: a row of the tenant, or one that is nowhere. */
const NOWHERE: Record<string, string> = {
  server: "srv_000000000000000000000000",
  token: "tok_000000000000000000000000",
  member: "mem_000000000000000000000000",
  invitation: "inv_000000000000000000000000",
  rule: "rule_000000000000000000000000",
  grant: "grant-that-is-nowhere",
  function: "srv_000000000000000000000000",
  deployment: "dep_000000000000000000000000",
  call: "call_000000000000000000000000",
  export: "exp_000000000000000000000000",
  event: "aud_000000000000000000000000",
};
/** The rest of an input where the operation needs more than its path; names of rows are filled in from the tenant. */
const bodyOf = (path: string, id: Record<string, string>): Record<string, unknown> => ({
  confirm: id.server,
  enabled: false,
  value: "x",
  mode: "member",
  role: path.startsWith("/rules") ? undefined : path === "/invitations" ? "member" : "auditor",
  scope: { servers: { [id.server ?? ""]: null } },
  conditions: [{ path: ["text"], operator: "absent" }],
  tool: "echo",
  tools: [{ tool: "echo", digest: "0".repeat(64) }],
  name: path === "/tokens" ? "x" : "KEY",
  memberId: id.member,
  emails: ["x@acme.example"],
  server: id.server,
  member: id.member,
  files: { "server.ts": "" },
  entry: "server.ts",
  vars: {},
  from: id.deployment,
  to: id.deployment,
});
/** Operations that name rows in their body. */
const IN_BODY = ["POST /tokens", "POST /rules", "POST /rules/test", "POST /invitations", "GET /tokens", "GET /rules"];
const BASE = "/workspaces/{workspace}";
/** `/api-keys/{key}` and `/sessions/{session}` belong to a person, not to a workspace. */
const NAMING = ROUTES.filter(
  ({ method, path }) =>
    path.startsWith(BASE) &&
    !path.includes("{listing}") && // of the installation, not of a workspace
    (/\{\w+\}/.test(path.slice(BASE.length)) || IN_BODY.includes(`${method} ${path.slice(BASE.length)}`)),
);

describe("foreign ids inside one's own workspace fit nothing and change nothing", () => {
  let before: unknown[];
  beforeAll(async () => {
    before = [await everything(own.ctx), await everything(other.ctx)];
  });
  test.each(NAMING.map((operation) => [`${operation.method} ${operation.path}`, operation] as const))(
    "%s",
    async (_, operation) => {
      const path = operation.path.slice(BASE.length);
      const refusal = async (ids: Record<string, string>): Promise<Pick<AppError, "code" | "message"> | null> => {
        const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((found) => found[1] ?? "");
        const known = Object.keys(operation.input.shape);
        const body = Object.entries(bodyOf(path, ids)).filter(([name]) => known.includes(name));
        const named = inPath.filter((name) => ids[name] !== undefined).map((name) => [name, ids[name]]);
        const input = { ...Object.fromEntries(body), ...Object.fromEntries(named) };
        return operation
          .run(own.ctx, async () => own.ctx, input)
          .then(
            () => null,
            ({ code, message }: AppError) => ({ code, message }),
          );
      };
      const foreign = await refusal(other.ids);
      expect(foreign).toMatchObject({ code: "not_found" });
      expect(await refusal(NOWHERE)).toEqual(foreign);
      expect(await refusal({ ...other.ids, server: other.server })).toMatchObject({ code: "not_found" });
      // Own rows around one foreign id, wherever there is more than one to name.
      if (path.includes("{deployment}") || path.endsWith("/diff"))
        expect(await refusal({ ...own.ids, deployment: other.ids.deployment ?? "" })).toMatchObject({
          code: "not_found",
        });
      if (path === "/rules" && operation.method === "POST")
        expect(await refusal({ ...own.ids, member: other.ids.member ?? "" })).toMatchObject({ code: "not_found" });
      expect([await everything(own.ctx), await everything(other.ctx)]).toEqual(before);
    },
  );
});

test("no list shows anything of another workspace, by id, cursor or filter", async () => {
  const seen = JSON.stringify([
    await everything(own.ctx),
    await listWorkspaces(own.ctx),
    await listCalls(own.ctx, { member: other.ctx.memberId }),
    await listCalls(own.ctx, { server: other.server }),
    await listAudit(own.ctx, { target: other.ids.token }),
    await listCalls(own.ctx, { cursor: "call_zzzzzzzzzzzzzzzzzzzzzzzz" }),
  ]);
  expect(seen).toContain("ours");
  for (const mark of [
    "theirs",
    other.ctx.workspace.id,
    other.ctx.workspace.slug,
    other.ctx.memberId,
    ...Object.values(other.ids),
  ])
    expect(seen).not.toContain(mark);
});

async function everything(ctx: WorkspaceCtx): Promise<unknown[]> {
  const servers = await listServers(ctx);
  const { functions } = await listFunctions(ctx);
  return [
    servers,
    await Promise.all(servers.map(({ slug }) => getServer(ctx, { server: slug }))),
    await Promise.all(servers.map(({ slug }) => listSecrets(ctx, { server: slug }))),
    await listWorkspaceSecrets(ctx),
    await listOwnSecrets(ctx),
    await listTokens(ctx),
    await listGrants(ctx),
    await Promise.all(functions.map(({ slug }) => getFunction(ctx, { function: slug }))),
    await Promise.all(functions.map(({ slug }) => listDeployments(ctx, { function: slug }))),
    await listRules(ctx),
    await listInvitations(ctx),
    await listMembers(ctx),
    await listCalls(ctx),
    await listAudit(ctx),
  ];
}
