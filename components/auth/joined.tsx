"use client";

import { ArrowRight } from "lucide-react";
import { useState } from "react";
import { TokenReveal } from "@/components/tokens/token-reveal";
import { Button } from "@/components/ui/button";
import { paths } from "@/lib/paths";
import type { AcceptedView } from "@/lib/services/invitation/view";
import { AuthCard } from "./auth-card";

/** What a new member sees: their first token, once, then the way on. Full page loads: the session is new. */
export function Joined({ joined }: { joined: AcceptedView }) {
  const { slug, workspaceName, token } = joined;
  const [open, setOpen] = useState(true);
  const next = token ? paths.connect(slug) : paths.workspace(slug);
  return (
    <AuthCard
      title={`You are in ${workspaceName}`}
      description={
        token
          ? "Your first token is made. Next, put it into your MCP client."
          : "As an auditor you read calls and the audit log; you need no token."
      }
    >
      <Button asChild size="lg">
        <a href={next}>
          {token ? "Connect a client" : "Open the workspace"} <ArrowRight aria-hidden />
        </a>
      </Button>
      {token && open && <TokenReveal token={token} onClose={() => setOpen(false)} />}
    </AuthCard>
  );
}
