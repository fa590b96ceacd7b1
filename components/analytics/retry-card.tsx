"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { ErrorCard } from "@/components/ui/error-card";

/** In place of a card that the server could not fill; trying again renders the page anew and keeps what worked. */
export function RetryCard({ title, message, requestId }: { title: string; message?: string; requestId: string }) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  return (
    <ErrorCard
      title={`${title} could not be loaded`}
      requestId={requestId}
      pending={pending}
      onRetry={() => startTransition(() => router.refresh())}
    >
      {message}
    </ErrorCard>
  );
}
