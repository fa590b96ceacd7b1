"use server";

import { workspaceAction } from "@/lib/auth/action";
import { createToken } from "@/lib/services/token/create";

/** A token of the actor's own; no refresh, so that the page keeps what it shows. */
export const mintOwnTokenAction = workspaceAction(
  (ctx, { name }: { name: string }) => createToken(ctx, { name, memberId: ctx.memberId, expiresInDays: 90 }),
  { refresh: false },
);
