import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import { Skeleton } from "@/components/ui/skeleton";

/** Stand-in of a chart's card while its figures are asked for; of the same height. */
export function ChartSkeleton({ title, className }: { title: string; className?: string }) {
  return (
    <Card role="status" aria-label={`Loading ${title}`} className={cn("flex min-h-80 min-w-0 flex-col p-5", className)}>
      <p className="font-semibold text-[0.9375rem] text-faint">{title}</p>
      <Skeleton className="mt-5 flex-1" />
    </Card>
  );
}
