import { ChartsSkeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return <ChartsSkeleton filters={4} />;
}
