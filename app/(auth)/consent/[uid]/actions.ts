"use server";

import { headers } from "next/headers";
import type { ConsentAnswer } from "@/components/consent/consent-form";
import type { ActionState } from "@/lib/action-state";
import { settle } from "@/lib/auth/action";
import { findUserCtx } from "@/lib/auth/context";
import { runtime } from "@/lib/auth/runtime";
import { isSameOrigin } from "@/lib/auth/same-origin";
import { AppError } from "@/lib/errors";
import { approve, deny } from "@/lib/oauth/consent";
import { workspaceCtx } from "@/lib/services/context";

/** The person's word on a client. Answers with the address where their browser goes on, back to the client. */
export async function answerAction(uid: string, answer: ConsentAnswer): Promise<ActionState<{ url: string }>> {
  return settle(
    async () => {
      const sent = await headers();
      const { env } = await runtime();
      if (!isSameOrigin(new Request(env.baseUrl, { method: "POST", headers: sent }), env.publicUrl))
        throw new AppError("forbidden", "Only this page itself may answer. Reload it and try again.");
      if (!answer.allow) return { url: await deny(sent, String(uid)) };
      const ctx = await findUserCtx();
      if (!ctx) throw new AppError("unauthorized", "Your sign-in has ended. Reload the page and sign in again.");
      return { url: await approve(await workspaceCtx(ctx, String(answer.workspace)), sent, String(uid)) };
    },
    { refresh: false },
  );
}
