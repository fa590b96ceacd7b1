import { createHash } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { serverTools } from "@/db/schema/server-tools";
import { audit } from "@/lib/services/audit/record";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { findServer } from "@/lib/services/server/find";
import { readTools } from "@/lib/services/server/read";
import { lockWorkspace } from "@/lib/services/workspace/touch";
import { AcceptToolsInput, ListToolReviewsInput } from "./schemas";
import { reviewState } from "./to-view";
import type { ToolReview, ToolsChanged } from "./view";

/**
 * Definitions of a server that no admin has accepted as they are now, beside what was accepted before: a description
 * that changes by itself may be an attempt to steer the model that reads it.
 * @throws AppError `forbidden`, `not_found`
 */
export async function listToolReviews(ctx: WorkspaceCtx, input: ListToolReviewsInput): Promise<ToolReview[]> {
  requirePermission(ctx, "server.manage");
  const { server: ref } = parse(ListToolReviewsInput, input);
  const server = await findServer(ctx.db, ctx, ref);
  return (await readTools(ctx.db, ctx, server))
    .filter((tool) => reviewState(tool) !== "reviewed")
    .map((tool) => ({
      tool: tool.name,
      qualifiedName: tool.qualifiedName,
      state: reviewState(tool),
      before: tool.reviewed === null ? null : readable(tool.reviewed),
      after: readable(tool.definition),
      digest: digestOf(tool.definition),
    }));
}

/**
 * Accepts definitions as they were seen; one that has changed since stays in review. The answer counts what was
 * accepted. Says nothing about whether a tool is on.
 * @throws AppError `forbidden`, `not_found` (server)
 */
export async function acceptTools(ctx: WorkspaceCtx, input: AcceptToolsInput): Promise<ToolsChanged> {
  requirePermission(ctx, "server.manage");
  const { server: ref, tools } = parse(AcceptToolsInput, input);
  const seen = new Map(tools.map(({ tool, digest }) => [tool, digest]));
  return ctx.db.transaction(async (tx) => {
    await lockWorkspace(tx, ctx.workspace.id); // the gateway shows tools reviewed or not, so it need not read anew
    const server = await findServer(tx, ctx, ref, true);
    let changed = 0;
    for (const tool of await readTools(tx, ctx, server)) {
      const state = reviewState(tool);
      if (state === "reviewed" || seen.get(tool.name) !== digestOf(tool.definition)) continue;
      await tx
        .update(serverTools)
        .set({ reviewed: tool.definition })
        .where(and(eq(serverTools.serverId, server.id), eq(serverTools.name, tool.name)));
      const target = { type: "tool", id: `${server.id}/${tool.name}`, name: `${server.slug}__${tool.name}` };
      await audit(tx, ctx, "tool.review", target, {
        ...(tool.reviewed !== null && { before: { sha256: digestOf(tool.reviewed) } }),
        after: { sha256: digestOf(tool.definition), was: state },
      });
      changed++;
    }
    return { changed };
  });
}

const digestOf = (definition: string): string => createHash("sha256").update(definition).digest("hex");

/** JSON set out on lines, so that a diff shows the field that changed. */
function readable(definition: string): string {
  try {
    return JSON.stringify(JSON.parse(definition), null, 2);
  } catch {
    return definition;
  }
}
