"use client";

import { useEffect } from "react";

/** Lets next-auth renew the cookie once per visit, so that only seven days without one end the sign-in. */
export function KeepSignedIn() {
  useEffect(() => {
    fetch("/api/auth/session").catch(() => {}); // a visit without network renews nothing
  }, []);
  return null;
}
