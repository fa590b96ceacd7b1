"use client";

import { FilterX } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { filterTitle } from "./labels";
import type { FilterFault } from "./read";

/** In place of a list or charts whose filters the verb refused: what is wrong, and the way out. */
export function InvalidFilters({ fault }: { fault: FilterFault }) {
  const pathname = usePathname();
  return (
    <Callout
      tone="bad"
      title="These filters cannot be used"
      action={
        <Button asChild variant="secondary" size="sm">
          <Link href={pathname}>
            <FilterX aria-hidden /> Clear filters
          </Link>
        </Button>
      }
    >
      {fault.field && <span className="font-medium">{filterTitle(fault.field)}: </span>}
      {fault.message}
    </Callout>
  );
}
