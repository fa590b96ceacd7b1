import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROUTES } from "@/lib/api/routes";
import type { AppError } from "@/lib/errors";
import { listAudit } from "@/lib/services/audit/list";
import { listCalls } from "@/lib/services/call/list";
import { type WorkspaceCtx, workspaceCtx } from "@/lib/services/context";
import { listMembers } from "@/lib/services/member/list";
import { deleteSecret } from "@/lib/services/secret/delete";
import { listSecrets } from "@/lib/services/secret/list";
import { setSecret } from "@/lib/services/secret/set";
import { addServer } from "@/lib/services/server/add";
import { getServer } from "@/lib/services/server/get";
import { listServers } from "@/lib/services/server/list";
import { refreshTools } from "@/lib/services/server/refresh-tools";
import { removeServer } from "@/lib/services/server/remove";
import { setServerEnabled } from "@/lib/services/server/set-enabled";
import { updateServer } from "@/lib/services/server/update";
import { createToken } from "@/lib/services/token/create";
import { listTokens } from "@/lib/services/token/list";
import { revokeToken } from "@/lib/services/token/revoke";
import { setToolEnabled } from "@/lib/services/tool/set-enabled";
import { listWorkspaces } from "@/lib/services/workspace/list";
import { workspaceOverview } from "@/lib/services/workspace/overview";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { mintCalls, mintUser, mintWorkspace, type World } from "@/lib/testing/factories";
import { guardedUpstream, toolText } from "@/lib/testing/guarded-upstream";

interface Tenant {
  ctx: WorkspaceCtx;
  server: string;
  serverId: string;
  token: string;
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
  await mintCalls(ctx, [{ tool: `tool-${mark}` }]);
  return { ctx, server: slug, serverId: server.id, token: token.id };
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

describe("foreign ids inside one's own workspace fit nothing and change nothing", () => {
  const verbs: Record<string, (server: string, token: string) => Promise<unknown>> = {
    "read a server": (server) => getServer(own.ctx, { server }),
    "update a server": (server) => updateServer(own.ctx, { server, name: "x" }),
    "remove a server": (server) => removeServer(own.ctx, { server, confirm: server }),
    "switch a server": (server) => setServerEnabled(own.ctx, { server, enabled: false }),
    "refresh a server": (server) => refreshTools(own.ctx, { server }),
    "switch a tool": (server) => setToolEnabled(own.ctx, { server, tool: "echo", enabled: false }),
    "list secrets": (server) => listSecrets(own.ctx, { server }),
    "set a secret": (server) => setSecret(own.ctx, { server, name: "KEY", value: "x" }),
    "delete a secret": (server) => deleteSecret(own.ctx, { server, name: "KEY" }),
    "revoke a token": (_, token) => revokeToken(own.ctx, { token }),
    "mint for a foreign member": () => createToken(own.ctx, { name: "x", memberId: other.ctx.memberId }),
  };

  test.each(Object.keys(verbs))("%s", async (name) => {
    const before = await everything(other.ctx);
    const refusal = async (server: string, token: string) =>
      verbs[name]?.(server, token).then(
        () => null,
        ({ code, message }: AppError) => ({ code, message }),
      );
    const foreign = await refusal(other.serverId, other.token);
    expect(foreign).toMatchObject({ code: "not_found" });
    if (!name.startsWith("mint"))
      expect(await refusal("srv_000000000000000000000000", "tok_000000000000000000000000")).toEqual(foreign);
    await expect(verbs[name]?.(other.server, other.token)).rejects.toMatchObject({ code: "not_found" });
    expect(await everything(other.ctx)).toEqual(before);
  });

  test("every operation that names a row is among them", () => {
    const naming = ROUTES.filter(({ path }) =>
      /\{(?!workspace\}|key\})\w+\}/.test(path.replace(/\{(tool|name)\}/, "")),
    );
    expect(naming).toHaveLength(Object.keys(verbs).length - 1);
  });
});

test("no list shows anything of another workspace, by id, cursor or filter", async () => {
  const seen = JSON.stringify([
    await everything(own.ctx),
    await listWorkspaces(own.ctx),
    await listCalls(own.ctx, { member: other.ctx.memberId }),
    await listCalls(own.ctx, { server: other.server }),
    await listCalls(own.ctx, { cursor: "call_zzzzzzzzzzzzzzzzzzzzzzzz" }),
  ]);
  expect(seen).toContain("ours");
  for (const mark of [
    "theirs",
    other.ctx.workspace.id,
    other.ctx.workspace.slug,
    other.ctx.memberId,
    other.token,
    other.serverId,
  ])
    expect(seen).not.toContain(mark);
});

async function everything(ctx: WorkspaceCtx): Promise<unknown[]> {
  const { lastCalls, ...figures } = await workspaceOverview(ctx);
  const servers = await listServers(ctx);
  return [
    figures,
    lastCalls,
    servers,
    await Promise.all(servers.map(({ slug }) => getServer(ctx, { server: slug }))),
    await Promise.all(servers.map(({ slug }) => listSecrets(ctx, { server: slug }))),
    await listTokens(ctx),
    await listMembers(ctx),
    await listCalls(ctx),
    await listAudit(ctx),
  ];
}
