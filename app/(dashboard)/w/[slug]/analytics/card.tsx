import { type ReactNode, Suspense } from "react";
import { RetryCard } from "@/components/analytics/retry-card";
import { ChartSkeleton } from "@/components/charts/chart-skeleton";
import { AppError } from "@/lib/errors";
import { errorFields } from "@/lib/log";
import type { WorkspaceCtx } from "@/lib/services/context";

interface CardProps<View> {
  ctx: WorkspaceCtx;
  title: string;
  /** Asks the verb. */
  load(): Promise<View>;
  children(view: View): ReactNode;
  /** Instead of the chart's skeleton. */
  waiting?: ReactNode;
}

/** One card that waits and fails by itself: a slow or broken chart holds up nobody else. */
export function LoadedCard<View>({ waiting, ...props }: CardProps<View>) {
  return (
    <Suspense fallback={waiting ?? <ChartSkeleton title={props.title} />}>
      <Loaded {...props} />
    </Suspense>
  );
}

async function Loaded<View>({ ctx, title, load, children }: Omit<CardProps<View>, "waiting">) {
  const answer = await load().then(
    (view) => ({ view }),
    (error: unknown) => ({ error }),
  );
  if ("view" in answer) return children(answer.view);
  const { error } = answer;
  const known = error instanceof AppError;
  if (!known) ctx.log.error("analytics.failed", { card: title, request_id: ctx.request.id, ...errorFields(error) });
  return <RetryCard title={title} message={known ? error.message : undefined} requestId={ctx.request.id} />;
}
