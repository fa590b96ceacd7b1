import { callRollups, latencyRollups, rollupState } from "@/db/schema/call-rollups";
import { calls } from "@/db/schema/calls";
import { members, type Role } from "@/db/schema/members";
import { users } from "@/db/schema/users";
import { generateMasterKey, importMasterKeys } from "@/lib/crypto/master-keys";
import { parseManifest } from "@/lib/functions/manifest";
import { CATALOGUE } from "@/lib/hub/catalogue";
import type { Listing } from "@/lib/hub/listing";
import { newId } from "@/lib/ids";
import { createLog } from "@/lib/log";
import type { UpstreamTransport } from "@/lib/mcp/transport";
import { type Ctx, type Db, type FunctionEngine, type WorkspaceCtx, workspaceCtx } from "@/lib/services/context";
import { findFunction } from "@/lib/services/function/find";
import { releaseCandidate } from "@/lib/services/function/release-candidate";
import { createWorkspace } from "@/lib/services/workspace/create";

const unique = (): string => crypto.randomUUID().slice(0, 8);

/** What a context is made of besides its actor. */
export interface World {
  db: Db;
  transport?: UpstreamTransport;
  allowPrivate?: string[];
  functions?: FunctionEngine;
  /** The catalogue where absent. */
  listings?: readonly Listing[];
  /** Log lines end up here. */
  lines?: string[];
}

const keys = importMasterKeys(generateMasterKey());

/** A new user's context; nobody else has their address. */
export async function mintUser(world: World, options: { instanceOwner?: boolean; name?: string } = {}): Promise<Ctx> {
  const { instanceOwner = false, name = `User ${unique()}` } = options;
  const id = newId("user");
  const email = `${unique()}${unique()}@example.com`;
  await world.db.insert(users).values({ id, email, name, instanceOwner });
  return {
    actor: { type: "user", userId: id, id, email, name, instanceOwner },
    db: world.db,
    now: () => new Date(),
    masterKeys: await keys,
    transport: world.transport ?? (() => Promise.reject(new Error("this test reaches no upstream"))),
    allowPrivate: world.allowPrivate ?? [],
    mail: null,
    listings: world.listings ?? CATALOGUE,
    functions: world.functions ?? null,
    publicUrl: "https://gateway.example",
    request: { id: crypto.randomUUID(), sourceIp: "192.0.2.1", userAgent: "test" },
    log: createLog((line) => world.lines?.push(line)),
  };
}

/** A workspace of its own for a test, seen by its owner. */
export async function mintWorkspace(world: World): Promise<WorkspaceCtx> {
  const owner = await mintUser(world);
  const { slug } = await createWorkspace(owner, { name: "Test", slug: `t-${unique()}` });
  return workspaceCtx(owner, slug);
}

/** The same workspace seen by a new member with that role. */
export async function mintMember(workspace: WorkspaceCtx, role: Role, world: World): Promise<WorkspaceCtx> {
  const user = await mintUser(world);
  const { name, email, userId } = user.actor;
  const workspaceId = workspace.workspace.id;
  await world.db.insert(members).values({ id: newId("member"), workspaceId, userId, name, email, role });
  return workspaceCtx(user, workspace.workspace.slug);
}

/** A deployment that answers, without a trial: of the function's draft, with one tool. Returns its id. */
export async function mintDeployment(
  ctx: WorkspaceCtx,
  slug: string,
  more: { code?: string; manifest?: unknown; note?: string } = {},
): Promise<string> {
  const { code = "export default {};", manifest = {}, note } = more;
  const hosted = await findFunction(ctx.db, ctx, slug);
  const { files, entry } = hosted.fn;
  const tools = [{ name: "echo", definition: `{"name":"echo","inputSchema":{"type":"object"}}` }];
  const candidate = { code, manifest: parseManifest(manifest), tools, startMs: 1, files, entry, note };
  return ctx.db.transaction(async (tx) => (await releaseCandidate(tx, ctx, hosted, candidate, false)).deployment.id);
}

type Call = typeof calls.$inferInsert;

/** Stores calls of the context's member; each one only needs to say what is particular about it. */
export async function mintCalls(ctx: WorkspaceCtx, rows: Partial<Call>[]): Promise<Call[]> {
  const full = rows.map((row): Call => {
    const occurredAt = row.occurredAt ?? ctx.now();
    return {
      id: newId("call", occurredAt.getTime()),
      workspaceId: ctx.workspace.id,
      occurredAt,
      memberId: ctx.memberId,
      actorName: ctx.actor.name,
      actorEmail: ctx.actor.email,
      actorRole: ctx.role,
      tokenId: "tok_1",
      tokenPrefix: "mwt_abcd",
      requestId: crypto.randomUUID(),
      method: "tools/call",
      server: "github",
      tool: "echo",
      outcome: "ok",
      requestBytes: 10,
      secretsUsed: [],
      ...row,
    };
  });
  for (let at = 0; at < full.length; at += 1_000) await ctx.db.insert(calls).values(full.slice(at, at + 1_000));
  await forgetRollups(ctx.db);
  return full;
}

/** In earnest no call is made in the past, so rollups that went by would never count one: they begin anew. */
export async function forgetRollups(db: Db): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.delete(rollupState);
    await tx.delete(callRollups);
    await tx.delete(latencyRollups);
  });
}
