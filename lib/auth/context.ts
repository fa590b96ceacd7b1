import { cookies, headers as requestHeaders } from "next/headers";
import { forbidden, notFound, redirect } from "next/navigation";
import { cache } from "react";
import { AppError } from "@/lib/errors";
import { paths } from "@/lib/paths";
import { safePath } from "@/lib/safe-path";
import { type Actor, type Ctx, type WorkspaceCtx, workspaceCtx } from "@/lib/services/context";
import { findSessionActor } from "./find-session-actor";
import { makeCtx } from "./make-ctx";
import { runtime } from "./runtime";
import { cookieName } from "./session";

/** A context for this request, for whoever acts. */
export async function requestCtx(actor: Actor): Promise<Ctx> {
  return makeCtx(await runtime(), actor, await requestHeaders());
}

/** The signed-in person's context, or null. Once per request, however many components ask. */
export const findUserCtx = cache(async (): Promise<Ctx | null> => {
  const { authSecret, db, secureCookies } = await runtime();
  const token = (await cookies()).get(cookieName("session", secureCookies))?.value;
  const actor = await findSessionActor(db, token, authSecret);
  return actor && requestCtx(actor);
});

/** The signed-in person's context; others are sent to sign in, and come back after. For pages and layouts. */
export async function requireUserCtx(): Promise<Ctx> {
  const ctx = await findUserCtx();
  if (ctx) return ctx;
  const from = safePath((await requestHeaders()).get("x-path"));
  redirect(from ? `${paths.signIn}?callbackUrl=${encodeURIComponent(from)}` : paths.signIn);
}

const enter = cache(async (slug: string): Promise<WorkspaceCtx | null> => {
  try {
    return await workspaceCtx(await requireUserCtx(), slug);
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return null;
    throw error;
  }
});

/** The context inside a workspace; "not found" for unknown and foreign ones alike. For pages and layouts. */
export async function requireWorkspaceCtx(slug: string): Promise<WorkspaceCtx> {
  return (await enter(slug)) ?? notFound();
}

/** Turns a verb's `not_found` and `forbidden` into those pages; other errors go on to the error page. */
export async function orNotFound<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not_found") notFound();
    if (error instanceof AppError && error.code === "forbidden") forbidden();
    throw error;
  });
}
