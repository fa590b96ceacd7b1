import { eq } from "drizzle-orm";
import { members } from "@/db/schema/members";
import { users } from "@/db/schema/users";
import { workspaces } from "@/db/schema/workspaces";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { audit } from "@/lib/services/audit/record";
import { type Ctx, requireUser } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { suggestSlug, WorkspaceSlug } from "@/lib/slug";
import { CreateWorkspaceInput } from "./schemas";
import { toWorkspaceView } from "./to-view";
import type { WorkspaceView } from "./view";

/**
 * Makes a workspace owned by the actor. Any signed-in user may: workspaces cost nothing and see nothing of each other.
 * @throws AppError `invalid`, `conflict` (slug taken)
 */
export async function createWorkspace(ctx: Ctx, input: CreateWorkspaceInput): Promise<WorkspaceView> {
  const userId = requireUser(ctx);
  const { name, slug: wanted } = parse(CreateWorkspaceInput, input);
  const slug = wanted ?? suggestSlug(name);
  if (!WorkspaceSlug.safeParse(slug).success)
    throw new AppError("invalid", "No slug can be made from this name. Choose one.", { field: "slug" });
  const now = ctx.now();
  return ctx.db.transaction(async (tx) => {
    const [user] = await tx.select({ name: users.name, email: users.email }).from(users).where(eq(users.id, userId));
    if (!user) throw new AppError("unauthorized", "Sign in first.");
    const id = newId("workspace", now.getTime());
    const [row] = await tx
      .insert(workspaces)
      .values({ id, slug, name, createdAt: now })
      .onConflictDoNothing({ target: workspaces.slug })
      .returning();
    if (!row) throw new AppError("conflict", "This slug is taken. Choose another.", { field: "slug" });
    await tx
      .insert(members)
      .values({ id: newId("member", now.getTime()), workspaceId: id, userId, ...user, role: "owner", createdAt: now });
    await audit(
      tx,
      ctx,
      "workspace.create",
      { type: "workspace", id, name, workspaceId: id },
      { after: { name, slug } },
    );
    return toWorkspaceView(ctx, row, "owner");
  });
}
