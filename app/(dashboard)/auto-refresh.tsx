"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Renders the page anew every `seconds` while it is in view: for pages that wait for something to happen elsewhere. */
export function AutoRefresh({ seconds }: { seconds: number }) {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => document.visibilityState === "visible" && router.refresh(), seconds * 1_000);
    return () => clearInterval(timer);
  }, [router, seconds]);
  return null;
}
