import { Activity, SearchX } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { Dot } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { paths } from "@/lib/paths";

interface NoCallsProps {
  slug: string;
  canConnect: boolean;
  filtered: boolean;
  live: boolean;
}

/** Before the first call, and where filters leave none. */
export function NoCalls({ slug, canConnect, filtered, live }: NoCallsProps) {
  const pathname = usePathname();
  if (filtered)
    return (
      <EmptyState
        icon={SearchX}
        title="No call fits these filters"
        action={
          <Button asChild variant="secondary">
            <Link href={pathname}>Show all calls</Link>
          </Button>
        }
      >
        Clear a filter above to see more.
      </EmptyState>
    );
  return (
    <EmptyState
      icon={Activity}
      title="Waiting for the first call"
      action={
        canConnect && (
          <Button asChild>
            <Link href={paths.connect(slug)}>Connect a client</Link>
          </Button>
        )
      }
    >
      <span className="inline-flex items-center gap-2.5">
        <Dot tone="accent" live={live} /> Every tool call appears here within seconds: who, which tool, how it went.
      </span>
    </EmptyState>
  );
}
