"use client";

import { Search, X } from "lucide-react";
import type { KeyboardEvent, RefObject } from "react";
import { Button } from "@/components/ui/button";
import { Spinner } from "@/components/ui/spinner";

interface SearchProps {
  ref?: RefObject<HTMLInputElement | null>;
  value: string;
  searching: boolean;
  onChange(value: string): void;
  /** Enter: the first one that was found. */
  onOpenFirst(): void;
  /** Arrow down: into the list. */
  onLeave(): void;
}

/** The Hub's search box. Enter opens the best match, the arrow down walks into the list, Escape empties. */
export function HubSearch({ ref, value, searching, onChange, onOpenFirst, onLeave }: SearchProps) {
  function act(event: KeyboardEvent) {
    if (event.key === "Enter" && value.trim()) onOpenFirst();
    else if (event.key === "ArrowDown") onLeave();
    else if (event.key === "Escape" && value) onChange("");
    else return;
    event.preventDefault();
  }
  return (
    <div className="relative">
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-3.5 size-4.5 -translate-y-1/2 text-faint"
      />
      <input
        ref={ref}
        type="search"
        aria-label="Search the Hub"
        placeholder="Name, vendor, purpose or tool"
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={act}
        className="h-11 w-full rounded-xl border border-field bg-surface pr-11 pl-10.5 text-[16px] text-ink shadow-card placeholder:text-faint hover:border-faint sm:text-[0.9375rem] [&::-webkit-search-cancel-button]:hidden"
      />
      <span className="absolute top-1/2 right-2 flex -translate-y-1/2 items-center">
        {searching && <Spinner className="mr-2 text-faint" />}
        {value !== "" && !searching && (
          <Button variant="ghost" size="icon" aria-label="Empty the search" onClick={() => onChange("")}>
            <X aria-hidden />
          </Button>
        )}
      </span>
    </div>
  );
}
