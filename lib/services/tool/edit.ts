import { and, eq } from "drizzle-orm";
import { serverTools } from "@/db/schema/server-tools";
import { AppError } from "@/lib/errors";
import { audit } from "@/lib/services/audit/record";
import { type Db, requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { iso } from "@/lib/services/fields";
import { parse } from "@/lib/services/parse";
import { findServer, type ServerRow } from "@/lib/services/server/find";
import { readTools } from "@/lib/services/server/read";
import { touchWorkspace } from "@/lib/services/workspace/touch";
import { keepFormerNames, readNameLength, renamedOf } from "./names";
import { EditToolInput, previewName } from "./schemas";
import { type ReviewedTool, toListedTool } from "./to-view";
import type { ListedTool } from "./view";

/**
 * Calls a tool otherwise, or describes it otherwise, for the whole team. Its old name goes on to answer for 30 days. A
 * name that another tool has, or that still answers for another one, is refused.
 * @throws AppError `forbidden`, `not_found`, `invalid`, `conflict` (field `alias`)
 */
export async function editTool(ctx: WorkspaceCtx, input: EditToolInput): Promise<ListedTool> {
  requirePermission(ctx, "server.manage");
  const { server: ref, tool: name, alias, description } = parse(EditToolInput, input);
  return ctx.db.transaction(async (tx) => {
    await touchWorkspace(tx, ctx.workspace.id);
    const server = await findServer(tx, ctx, ref, true);
    const tools = await readTools(tx, ctx, server);
    const tool = tools.find((entry) => entry.name === name);
    if (!tool) throw new AppError("not_found", "This server has no such tool.");
    const before = { alias: tool.alias ?? null, description: tool.description ?? null };
    const after = {
      alias: alias === undefined ? before.alias : alias === name ? null : alias,
      description: description === undefined ? before.description : description,
    };
    const max = await readNameLength(tx, ctx);
    if (after.alias !== before.alias) refuseClash(server, tools, { name, alias: after.alias }, max);
    if (after.alias === before.alias && after.description === before.description)
      return toListedTool(server.slug, tool);
    await tx
      .update(serverTools)
      .set(after)
      .where(and(eq(serverTools.serverId, server.id), eq(serverTools.name, name)));
    const next = tools.map((each) => (each.name === name ? { ...each, alias: after.alias } : each));
    await keepFormerNames(
      tx,
      ctx,
      renamedOf(server, { tools: tools.map(named), max }, { tools: next.map(named), max }),
    );
    const edited = (await readTools(tx, ctx, server)).find((each) => each.name === name) ?? tool;
    await record(tx, ctx, server, { tool, edited });
    return toListedTool(server.slug, edited);
  });
}

const named = ({ name, alias }: ReviewedTool) => ({ name, alias: alias ?? null });

/** @throws AppError `invalid`, `conflict` */
function refuseClash(
  { slug }: ServerRow,
  tools: ReviewedTool[],
  wanted: { name: string; alias: string | null },
  max: number,
): void {
  if (wanted.alias === null) return;
  const field = "alias";
  const { length, clash } = previewName(
    slug,
    tools.map((tool) => ({ ...named(tool), formerNames: tool.formerNames })),
    wanted,
    max,
  );
  const name = `${slug}__${wanted.alias}`;
  if (length > max)
    throw new AppError("invalid", `${name} has ${length} characters; names here have ${max} at most.`, { field });
  if (clash?.kind === "now")
    throw new AppError("conflict", `The tool ${clash.with} is called ${name} already.`, { field });
  if (!clash) return;
  const until = tools.find((tool) => tool.name === clash.with)?.formerNames.find((old) => old.name === name)?.until;
  const day = until ? iso(until).slice(0, 10) : "then";
  throw new AppError("conflict", `${name} still answers for ${clash.with}, which had this name, until ${day}.`, {
    field,
  });
}

/** One row for the name, one for the text. */
async function record(
  tx: Db,
  ctx: WorkspaceCtx,
  server: ServerRow,
  { tool, edited }: { tool: ReviewedTool; edited: ReviewedTool },
): Promise<void> {
  const target = { type: "tool", id: `${server.id}/${tool.name}`, name: `${server.slug}__${tool.name}` };
  if ((tool.alias ?? null) !== (edited.alias ?? null)) {
    const until = edited.formerNames.find(({ name }) => name === tool.qualifiedName)?.until;
    await audit(tx, ctx, "tool.rename", target, {
      before: { name: tool.qualifiedName },
      after: { name: edited.qualifiedName, ...(until && { oldNameUntil: iso(until) }) },
    });
  }
  if ((tool.description ?? null) !== (edited.description ?? null))
    await audit(tx, ctx, "tool.describe", target, {
      before: { description: tool.description ?? null },
      after: { description: edited.description ?? null },
    });
}
