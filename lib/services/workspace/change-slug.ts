import { and, eq, ne } from "drizzle-orm";
import { workspaces } from "@/db/schema/workspaces";
import { AppError } from "@/lib/errors";
import { audit } from "@/lib/services/audit/record";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { ChangeSlugInput } from "./schemas";
import { toWorkspaceView } from "./to-view";
import { touchAccess, touchWorkspace } from "./touch";
import type { WorkspaceView } from "./view";

const taken = () => new AppError("conflict", "This slug is taken. Choose another.", { field: "slug" });

/**
 * Gives the workspace another slug, and with it another URL: every client must be set up anew, tokens stay good, clients
 * that signed in by OAuth sign in again. The old slug is free at once and answers like one that never was.
 * @throws AppError `forbidden`, `invalid` (field `slug` or `confirm`), `conflict` (slug taken)
 */
export async function changeSlug(ctx: WorkspaceCtx, input: ChangeSlugInput): Promise<WorkspaceView> {
  requirePermission(ctx, "workspace.update");
  const { slug, confirm } = parse(ChangeSlugInput, input);
  const { id, slug: old, name } = ctx.workspace;
  if (confirm !== old)
    throw new AppError("invalid", `Every client's URL changes. To confirm, give the slug of now, "${old}".`, {
      field: "confirm",
    });
  if (slug === old) throw new AppError("invalid", "This is the slug already.", { field: "slug" });
  try {
    await ctx.db.transaction(async (tx) => {
      await touchWorkspace(tx, id);
      await touchAccess(tx, id); // the gateway knows callers with the slug they belong to
      const other = and(eq(workspaces.slug, slug), ne(workspaces.id, id));
      if ((await tx.$count(workspaces, other)) > 0) throw taken();
      await tx.update(workspaces).set({ slug }).where(eq(workspaces.id, id));
      const change = { before: { slug: old }, after: { slug } };
      await audit(tx, ctx, "workspace.update", { type: "workspace", id, name }, change);
    });
  } catch (error) {
    throw isUniqueViolation(error) ? taken() : error;
  }
  return toWorkspaceView(ctx, { ...ctx.workspace, slug }, ctx.role);
}

/** Somebody took it in the same moment. */
function isUniqueViolation(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) if ("code" in at && at.code === "23505") return true;
  return false;
}
