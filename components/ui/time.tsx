"use client";

import { useEffect, useState } from "react";
import { formatRelative } from "@/lib/format";

/** An instant as "3 min ago", kept current; the exact UTC time is in the title. */
export function Time({ at, className }: { at: string | Date; className?: string }) {
  const date = new Date(at);
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 15_000);
    return () => clearInterval(timer);
  }, []);
  const iso = date.toISOString();
  return (
    <time
      dateTime={iso}
      title={iso.replace("T", " ").replace(/\.\d+Z$/, " UTC")}
      suppressHydrationWarning
      className={className}
    >
      {formatRelative(date.getTime(), now)}
    </time>
  );
}
