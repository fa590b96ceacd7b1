import { and, desc, eq, or, sql } from "drizzle-orm";
import { deployments } from "@/db/schema/functions";
import { secretOrigin } from "@/lib/functions/secret-origin";
import { type Db, requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { readSecrets, type SecretRow } from "@/lib/services/secret/store";
import { readTools } from "@/lib/services/server/read";
import { toToolView } from "@/lib/services/tool/to-view";
import { engineView } from "./engine";
import { DEPLOYMENT, type DeploymentSummary, findFunction, type Hosted, ofFunction } from "./find";
import { viewFunctions } from "./list";
import { GetFunctionInput } from "./schemas";
import { toDeploymentView } from "./to-view";
import type { FunctionDetail, FunctionSecret, ManifestView } from "./view";

/** One function with its draft, what answers, and what waits to be promoted. @throws AppError `forbidden`, `not_found` */
export async function getFunction(ctx: WorkspaceCtx, input: GetFunctionInput): Promise<FunctionDetail> {
  requirePermission(ctx, "function.manage");
  const { function: ref } = parse(GetFunctionInput, input);
  return viewFunction(ctx, await findFunction(ctx.db, ctx, ref));
}

/** Rows to the whole view. */
export async function viewFunction(ctx: WorkspaceCtx, hosted: Hosted): Promise<FunctionDetail> {
  const { server, fn } = hosted;
  const [view] = await viewFunctions(ctx.db, ctx, [hosted]);
  if (!view) throw new Error("viewFunctions answers one view a row");
  const kept = await readCurrent(ctx.db, ctx, hosted);
  const active = kept.find(({ id }) => id === fn.activeDeploymentId) ?? null;
  const newest = kept[0] ?? null;
  const staged = newest && newest.version > (active?.version ?? 0) ? newest : null;
  const tools = await readTools(ctx.db, ctx, server);
  return {
    ...view,
    files: fn.files,
    entry: fn.entry,
    vars: fn.vars,
    changed: !active?.isDraft,
    active: active && toDeploymentView(active, fn),
    staged: staged && toDeploymentView(staged, fn),
    secrets: secretsOf((active ?? newest)?.manifest, await readSecrets(ctx.db, ctx, server.id)),
    toolList: tools.map((tool) => toToolView(server.slug, tool)),
    engine: engineView(ctx),
  };
}

/** The newest deployment and the active one, newest first, and whether the draft is what each was made of. */
async function readCurrent(
  db: Db,
  ctx: WorkspaceCtx,
  { fn }: Hosted,
): Promise<(DeploymentSummary & { isDraft: boolean })[]> {
  const newest = sql`${deployments.version} = (select max(d.version) from ${deployments} d where d.function_id = ${fn.id})`;
  return db
    .select({
      ...DEPLOYMENT,
      isDraft: sql<boolean>`(${deployments.files} = ${JSON.stringify(fn.files)}::jsonb and ${deployments.entry} = ${fn.entry})`,
    })
    .from(deployments)
    .where(
      and(
        ofFunction(ctx, fn),
        or(newest, fn.activeDeploymentId === null ? undefined : eq(deployments.id, fn.activeDeploymentId)),
      ),
    )
    .orderBy(desc(deployments.version));
}

function secretsOf(manifest: ManifestView | undefined, stored: SecretRow[]): FunctionSecret[] {
  return Object.entries(manifest?.secrets ?? {}).map(([name, rule]) => {
    const row = stored.find((secret) => secret.name === name && secret.memberId === null);
    const state = !row ? "missing" : row.origin === secretOrigin(rule) ? "set" : "outdated";
    return { name, hosts: rule.hosts, in: rule.in ?? ["header:authorization"], state };
  });
}
