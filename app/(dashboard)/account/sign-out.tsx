"use client";

import { LogOut } from "lucide-react";
import { signOut } from "next-auth/react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { paths } from "@/lib/paths";

export function SignOut() {
  const [pending, setPending] = useState(false);
  return (
    <Button
      variant="secondary"
      pending={pending}
      onClick={async () => {
        setPending(true);
        await signOut({ redirect: false }).catch(() => {}); // the sign-in page shows whether it worked
        window.location.assign(paths.signIn);
      }}
    >
      {!pending && <LogOut aria-hidden />} Sign out
    </Button>
  );
}
