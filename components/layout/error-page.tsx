"use client";

import { RotateCw } from "lucide-react";
import { Button } from "@/components/ui/button";
import { paths } from "@/lib/paths";
import { ProblemPage } from "./problem-page";

/** A page that failed, with a way to try again and the reference under which the log has the cause. */
export function ErrorPage({ error, retry }: { error: unknown; retry(): void }) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : undefined;
  return (
    <ProblemPage
      code="500"
      title="This page could not be made"
      reference={digest}
      actions={
        <>
          <Button onClick={() => retry()}>
            <RotateCw aria-hidden /> Try again
          </Button>
          <Button asChild variant="secondary">
            {/* A full load, not Next's navigation: what failed may be the code that is already here. */}
            <a href={paths.workspaces}>Your workspaces</a>
          </Button>
        </>
      }
    >
      {digest
        ? "The cause is in the server's log, under the reference below. Nothing was lost; what you see elsewhere still works."
        : "It failed in this browser. Try again, or load the page anew. Nothing was lost; what you see elsewhere still works."}
    </ProblemPage>
  );
}
