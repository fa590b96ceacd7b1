"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus, Search } from "lucide-react";
import Link from "next/link";
import { useDeferredValue, useState } from "react";
import { type Pick, pickOf } from "@/components/onboarding/pick";
import { BrandIcon } from "@/components/ui/brand-icon";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { paths } from "@/lib/paths";
import type { ListingPage } from "@/lib/services/listing/view";

const SHOWN = 6;

interface SearchProps {
  slug: string;
  total: number;
  onInclude(pick: Pick): void;
}

/** The whole Hub in one line: what needs nothing is ticked from here, the rest leads to its page. */
export function ListingSearch({ slug, total, onInclude }: SearchProps) {
  const [typed, setTyped] = useState("");
  const q = useDeferredValue(typed.trim());
  const { data } = useQuery({
    queryKey: ["hub", slug, q],
    queryFn: async ({ signal }): Promise<ListingPage> => {
      const response = await fetch(`/api/v1/hub/listings?${new URLSearchParams({ workspace: slug, q })}`, { signal });
      if (!response.ok) throw new Error("The Hub did not answer.");
      return response.json();
    },
    enabled: q !== "",
    placeholderData: (before) => before,
  });
  const found = q === "" ? [] : (data?.listings.slice(0, SHOWN) ?? []);
  return (
    <div className="grid gap-2">
      <div className="relative max-w-sm">
        <Search aria-hidden className="absolute top-2.5 left-3 size-4 text-faint" />
        <Input
          type="search"
          aria-label="Search the Hub"
          placeholder={`Search all ${total} servers of the Hub`}
          className="pl-9"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </div>
      {q !== "" && data && found.length === 0 && (
        <p className="text-faint text-sm">
          Nothing fits.{" "}
          <Link href={paths.newServer(slug)} className="rounded text-accent-text hover:underline">
            Add a server by its URL
          </Link>
          .
        </p>
      )}
      {found.length > 0 && (
        <ul className="overflow-hidden rounded-xl border bg-surface shadow-card">
          {found.map((listing) => (
            <li key={listing.slug} className="flex items-center gap-3 border-b px-4 py-2.5 last:border-b-0">
              <BrandIcon icon={listing.icon} name={listing.name} className="size-7" />
              <span className="grid min-w-0 flex-1">
                <span className="truncate font-medium text-sm">{listing.name}</span>
                <span className="truncate text-faint text-xs">{listing.description}</span>
              </span>
              {listing.needs === "nothing" ? (
                <Button
                  variant="secondary"
                  size="sm"
                  aria-label={`Pick ${listing.name}`}
                  onClick={() => {
                    onInclude(pickOf(listing));
                    setTyped("");
                  }}
                >
                  <Plus aria-hidden /> Pick
                </Button>
              ) : (
                <Button asChild variant="ghost" size="sm">
                  <Link href={paths.listing(slug, listing.slug)}>
                    {listing.needs === "secret" ? "Needs a key" : "Needs a sign-in"}
                  </Link>
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
