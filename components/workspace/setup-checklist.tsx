"use client";

import { Check, ChevronRight } from "lucide-react";
import Link from "next/link";
import { Dot } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import { useSubmit } from "@/components/ui/use-submit";
import type { Action } from "@/lib/action-state";
import { paths } from "@/lib/paths";
import type { SetupProgressView } from "@/lib/services/workspace/view";

interface ChecklistProps {
  slug: string;
  progress: SetupProgressView;
  onSkip: Action<undefined, SetupProgressView>;
}

/** The way to the first call; the next step is the only one with a button. */
export function SetupChecklist({ slug, progress, onSkip }: ChecklistProps) {
  const skip = useSubmit(onSkip);
  const steps = [
    {
      done: progress.hasServer,
      title: "Add a server",
      text: "From the Hub, by its URL, or one written here. Its key is sealed.",
      action: "Pick servers",
      href: `${paths.onboarding(slug)}?step=servers`,
    },
    {
      done: progress.hasToken || progress.connected,
      title: "Create a token",
      text: "One for each person, so that calls have a name on them.",
      action: "Create token",
      href: `${paths.onboarding(slug)}?step=client`,
    },
    {
      done: progress.connected,
      title: "Connect a client",
      text: "Claude Code, Cursor, VS Code and sixteen more, by one snippet.",
      action: "Connect",
      href: paths.connect(slug),
    },
    {
      done: progress.hasCall,
      title: "Make the first call",
      text: "Ask your assistant to use one of the tools, or run one right here.",
      action: null,
      href: `${paths.onboarding(slug)}?step=call`,
    },
  ];
  const next = steps.findIndex((step) => !step.done);
  return (
    <Card className="overflow-hidden">
      <header className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-5 py-4">
        <div className="grid gap-0.5">
          <h2 className="font-semibold text-[0.9375rem]">Set up this workspace</h2>
          <p className="text-faint text-sm">
            {steps.filter((step) => step.done).length} of {steps.length}, about three minutes to the first tool call.
          </p>
        </div>
        <div className="flex items-center gap-2">
          <Button variant="ghost" size="sm" pending={skip.pending} onClick={() => skip.submit(undefined)}>
            Skip
          </Button>
          <Button asChild variant="secondary" size="sm">
            <Link href={paths.onboarding(slug)}>Guide me</Link>
          </Button>
        </div>
      </header>
      {skip.error && <Callout tone="bad">{skip.error.message}</Callout>}
      <ol className="border-t">
        {steps.map((step, index) => (
          <li
            key={step.title}
            className={cn(
              "flex items-center gap-4 border-b px-5 py-3.5 last:border-b-0",
              index === next && "bg-accent-soft/50",
            )}
          >
            <span
              className={cn(
                "grid size-6 shrink-0 place-items-center rounded-full border font-medium text-xs",
                step.done
                  ? "border-good-mark/40 bg-good-soft text-good"
                  : index === next
                    ? "border-accent text-accent-text"
                    : "text-faint",
              )}
            >
              {step.done ? <Check aria-label="Done" className="size-3.5" /> : index + 1}
            </span>
            <div className="min-w-0 flex-1">
              <p className={cn("font-medium text-sm", step.done && "text-faint")}>
                <Link href={step.href} className="rounded hover:underline">
                  {step.title}
                </Link>
              </p>
              {!step.done && <p className="text-soft text-sm">{step.text}</p>}
            </div>
            {index === next && (step.action ? <NextStep href={step.href} title={step.action} /> : <Waiting />)}
          </li>
        ))}
      </ol>
    </Card>
  );
}

function NextStep({ href, title }: { href: string; title: string }) {
  return (
    <Button asChild size="sm">
      <Link href={href}>
        {title} <ChevronRight aria-hidden />
      </Link>
    </Button>
  );
}

function Waiting() {
  return (
    <span role="status" className="flex items-center gap-2 whitespace-nowrap text-accent-text text-sm">
      <Dot tone="accent" live /> Waiting
    </span>
  );
}
