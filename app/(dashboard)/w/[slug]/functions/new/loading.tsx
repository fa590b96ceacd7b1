import { CardsSkeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return <CardsSkeleton />;
}
