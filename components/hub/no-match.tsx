import { PackageSearch } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { paths } from "@/lib/paths";

interface NoMatchProps {
  slug: string;
  query: string;
  canManage: boolean;
  onClear(): void;
}

/** Nothing in the Hub fits: any other server can be added by its address. */
export function NoMatch({ slug, query, canManage, onClear }: NoMatchProps) {
  return (
    <Card>
      <EmptyState
        icon={PackageSearch}
        title={query ? `Nothing in the Hub fits “${query.slice(0, 60)}”` : "Nothing in the Hub fits these filters"}
        action={
          <div className="flex flex-wrap justify-center gap-2">
            {canManage && (
              <Button asChild>
                <Link href={paths.newServer(slug)}>Proxy your own URL</Link>
              </Button>
            )}
            <Button variant="secondary" onClick={onClear}>
              Show everything
            </Button>
          </div>
        }
      >
        {canManage
          ? "Any MCP server that answers at a URL works just as well: its key is sealed here all the same."
          : "An admin can add any MCP server by its URL."}
      </EmptyState>
    </Card>
  );
}
