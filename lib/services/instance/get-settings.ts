import { sql } from "drizzle-orm";
import { users } from "@/db/schema/users";
import { type Ctx, requireInstanceOwner } from "@/lib/services/context";
import { readAllowPrivate } from "./allow-private";
import type { InstanceView } from "./view";

/** Settings of this installation. @throws AppError `forbidden` for everybody but its owner */
export async function getInstanceSettings(ctx: Ctx): Promise<InstanceView> {
  requireInstanceOwner(ctx);
  const [counts] = await ctx.db
    .select({ users: sql<number>`count(*)::int`, workspaces: sql<number>`(select count(*)::int from workspaces)` })
    .from(users);
  return {
    publicUrl: ctx.publicUrl,
    allowPrivateUpstreams: await readAllowPrivate(ctx.db),
    allowPrivateFromEnvironment: ctx.allowPrivate,
    users: counts?.users ?? 0,
    workspaces: counts?.workspaces ?? 0,
  };
}
