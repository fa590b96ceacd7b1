import { Inbox } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorCard } from "@/components/ui/error-card";
import { Progress } from "@/components/ui/progress";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";

export function Feedback() {
  return (
    <>
      <div className="grid gap-3">
        {(["info", "good", "warn", "bad"] as const).map((tone) => (
          <Callout key={tone} tone={tone} title={`A ${tone} remark`}>
            What happened, and what to do next.
          </Callout>
        ))}
      </div>
      <ErrorCard
        title="The chart could not be loaded"
        requestId="0f5e0c9a-1d3b-4c55-9a58-f9c4f1d0a7aa"
        onRetry={() => undefined}
      />
      <EmptyState icon={Inbox} title="Nothing here yet" action={<Button>The one thing to do</Button>}>
        What will be here, and why one wants it.
      </EmptyState>
      <div className="grid gap-3">
        <Progress label="Known" value={0.6} />
        <Progress label="Unknown" value={null} />
        <Skeleton className="h-8 w-2/3" />
      </div>
      <div className="flex flex-wrap gap-2">
        <Button variant="secondary" onClick={() => toast.success("Saved")}>
          Success toast
        </Button>
        <Button
          variant="secondary"
          onClick={() => toast.error("Not saved", { description: "The server did not answer.", requestId: "req-1" })}
        >
          Error toast
        </Button>
      </div>
    </>
  );
}
