"use client";

import { ShieldQuestion } from "lucide-react";
import { FileDiff } from "@/components/functions/deployments/file-diff";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card, CardHeader } from "@/components/ui/card";
import { toast } from "@/components/ui/toast";
import { useSubmit } from "@/components/ui/use-submit";
import type { Action } from "@/lib/action-state";
import { plural } from "@/lib/format";
import type { AcceptToolsInput } from "@/lib/services/tool/schemas";
import type { ToolReview, ToolsChanged } from "@/lib/services/tool/view";

interface ReviewProps {
  server: string;
  reviews: ToolReview[];
  onAccept: Action<AcceptToolsInput, ToolsChanged>;
}

/** Definitions that came or changed since an admin last looked: a model reads them as instructions, so a person should too. */
export function ReviewCard({ server, reviews, onAccept }: ReviewProps) {
  const { submit, pending, error } = useSubmit(onAccept, ({ changed }: ToolsChanged) =>
    toast.success(changed > 0 ? `${plural(changed, "definition")} accepted` : "It has changed again: look once more"),
  );
  if (reviews.length === 0) return null;
  const accept = (some: ToolReview[]) => submit({ server, tools: some.map(({ tool, digest }) => ({ tool, digest })) });
  return (
    <Card className="border-warn-mark/40">
      <CardHeader
        title={
          <span className="flex items-center gap-2">
            <ShieldQuestion aria-hidden className="size-4 text-warn" /> {plural(reviews.length, "definition")} to review
          </span>
        }
        description="The server describes these tools otherwise than when an admin last looked. Assistants read descriptions as instructions: accept what you would say yourself, and switch off what you would not."
        action={
          reviews.length > 1 && (
            <Button variant="secondary" size="sm" pending={pending} onClick={() => accept(reviews)}>
              Accept all
            </Button>
          )
        }
      />
      {error && <Callout tone="bad">{error.message}</Callout>}
      <ul>
        {reviews.map((review) => (
          <li key={review.tool} className="grid gap-3 border-t px-5 py-4">
            <div className="flex flex-wrap items-center gap-3">
              <span className="min-w-0 break-all font-medium font-mono text-[0.8125rem]">{review.qualifiedName}</span>
              <Badge tone="warn">{review.state === "new" ? "New" : "Changed"}</Badge>
              <Button
                variant="secondary"
                size="sm"
                className="ml-auto"
                aria-label={`Accept ${review.qualifiedName}`}
                disabled={pending}
                onClick={() => accept([review])}
              >
                Accept
              </Button>
            </div>
            <FileDiff name="definition" before={review.before} after={review.after} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
