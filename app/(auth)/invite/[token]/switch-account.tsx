"use client";

import { signOut } from "next-auth/react";
import { useState } from "react";
import { Button } from "@/components/ui/button";

/** Signs out and shows the same invitation again, now to nobody in particular. */
export function SwitchAccount({ quiet = false }: { quiet?: boolean }) {
  const [pending, setPending] = useState(false);
  return (
    <Button
      size="lg"
      variant={quiet ? "ghost" : "primary"}
      pending={pending}
      onClick={async () => {
        setPending(true);
        await signOut({ redirect: false }).catch(() => {}); // the page shows whether it worked
        window.location.reload();
      }}
    >
      {quiet ? "Use another account" : "Switch account"}
    </Button>
  );
}
