"use client";

import { ArrowRight, Plus } from "lucide-react";
import type { Pick } from "@/components/onboarding/pick";
import { PickList } from "@/components/onboarding/pick-list";
import { Button } from "@/components/ui/button";
import { plural } from "@/lib/format";
import { ListingSearch } from "./listing-search";
import type { usePicks } from "./use-picks";

interface StepProps {
  slug: string;
  total: number;
  state: ReturnType<typeof usePicks>;
  /** Some tool is there already. */
  hasTool: boolean;
  onNext(): void;
}

/** Three servers that need nothing are ticked, the whole Hub is one search away, and one works without a network. */
export function ServersStep({ slug, total, state, hasTool, onNext }: StepProps) {
  const { picks, ticked, adding, tick, include, retry, addTicked } = state;
  const waiting = picks.filter(({ id, state: at }) => ticked.has(id) && at === "idle").length;
  const some = hasTool || picks.some(({ state: at }) => at === "done");
  return (
    <div className="grid max-w-2xl gap-5">
      <p className="text-pretty text-soft text-sm leading-6">
        These need no key. Each is asked for its tools once and then sits behind your one URL; you can take it out again
        at any time.
      </p>
      <PickList picks={picks} ticked={ticked} onTick={tick} onRetry={(pick: Pick) => void retry(pick)} />
      <ListingSearch slug={slug} total={total} onInclude={include} />
      <div className="flex flex-wrap items-center gap-3">
        {(waiting > 0 || adding) && (
          <Button
            size="lg"
            pending={adding}
            onClick={async () => {
              if (await addTicked()) onNext();
            }}
          >
            {!adding && <Plus aria-hidden />} {adding ? "Adding…" : `Add ${plural(waiting, "server")}`}
          </Button>
        )}
        {!adding && (
          <Button size="lg" variant={some && waiting === 0 ? "primary" : "ghost"} onClick={onNext}>
            {some ? "Go on" : "Go on without"} <ArrowRight aria-hidden />
          </Button>
        )}
      </div>
    </div>
  );
}
