"use client";

import { Search } from "lucide-react";
import { useEffect, useState } from "react";
import { Kbd } from "@/components/ui/kbd";

/** Opens the palette and says by which keys it opens too. */
export function PaletteButton({ onOpen }: { onOpen(): void }) {
  const [mac, setMac] = useState(false);
  useEffect(() => setMac(/mac/i.test(navigator.userAgent)), []);
  return (
    <button
      type="button"
      onClick={onOpen}
      aria-keyshortcuts="Control+K Meta+K"
      className="flex h-8 w-full items-center gap-2.5 rounded-lg px-2.5 text-faint text-sm hover:bg-muted hover:text-ink"
    >
      <Search aria-hidden className="size-4" />
      Search
      <span aria-hidden className="ml-auto flex gap-1">
        <Kbd>{mac ? "⌘" : "Ctrl"}</Kbd>
        <Kbd>K</Kbd>
      </span>
    </button>
  );
}
