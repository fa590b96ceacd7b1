import { refresh } from "next/cache";
import type { ActionState } from "@/lib/action-state";
import { AppError, asAppError } from "@/lib/errors";
import { errorFields } from "@/lib/log";
import { notingRefusals } from "@/lib/services/audit/record-refusal";
import { type Ctx, type WorkspaceCtx, workspaceCtx } from "@/lib/services/context";
import { findUserCtx } from "./context";
import { notifyGateway } from "./notify";
import { runtime } from "./runtime";

/** `refresh: false` where the page at hand shows nothing that the action changes (probes). */
interface ActionOptions {
  refresh?: boolean;
}

/** A server action for a signed-in person. Arguments come from the browser; the verb checks them. */
export function userAction<Input, Output>(verb: (ctx: Ctx, input: Input) => Promise<Output>, options?: ActionOptions) {
  return async (input: Input): Promise<ActionState<Output>> =>
    settle(async () => verb(await signedIn(), input), options);
}

/** A server action inside a workspace; who may do what is the verb's own decision. */
export function workspaceAction<Input, Output>(
  verb: (ctx: WorkspaceCtx, input: Input) => Promise<Output>,
  options?: ActionOptions,
) {
  return async (slug: string, input: Input): Promise<ActionState<Output>> =>
    settle(async () => {
      const ctx = await workspaceCtx(await signedIn(), String(slug));
      return notingRefusals(ctx, () => verb(ctx, input));
    }, options);
}

async function signedIn(): Promise<Ctx> {
  const ctx = await findUserCtx();
  if (!ctx) throw new AppError("unauthorized", "Your sign-in has ended. Reload the page and sign in again.");
  return ctx;
}

/** Runs the work; only errors that we chose carry their words out, the rest is logged under the reference shown. */
export async function settle<T>(
  work: () => Promise<T>,
  { refresh: again = true }: ActionOptions = {},
): Promise<ActionState<T>> {
  try {
    const data = await work();
    notifyGateway();
    if (again) refresh();
    return { ok: true, data };
  } catch (error) {
    const { code, message, field, options } = asAppError(error);
    if (code !== "internal") return { ok: false, code, message, field };
    const requestId = crypto.randomUUID();
    (await runtime()).log.error("action.failed", { requestId, ...errorFields(options.cause) });
    return { ok: false, code, message, requestId };
  }
}
