"use client";

import { useEffect } from "react";
import { LAST_WORKSPACE_COOKIE } from "@/lib/last-workspace";

const YEAR_S = 365 * 24 * 3_600;

/** Notes which workspace one is in, for addresses that name none (`/hub`). No more than a preference: who may enter is asked there. */
export function RememberWorkspace({ slug }: { slug: string }) {
  useEffect(() => {
    const jar: Pick<Document, "cookie"> = document; // the Cookie Store API is not there on plain http
    jar.cookie = `${LAST_WORKSPACE_COOKIE}=${encodeURIComponent(slug)}; path=/; max-age=${YEAR_S}; samesite=lax`;
  }, [slug]);
  return null;
}
