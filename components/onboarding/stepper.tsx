import { Check } from "lucide-react";
import { cn } from "@/components/ui/cn";

export const STEPS = ["servers", "client", "call"] as const;
export type StepName = (typeof STEPS)[number];
const TITLES: Record<StepName, string> = { servers: "Pick servers", client: "Connect a client", call: "First call" };

interface StepperProps {
  current: StepName;
  done: Record<StepName, boolean>;
  /** Steps that this person takes no part in are left out. */
  steps: readonly StepName[];
  onStep(step: StepName): void;
}

/** Where one is on the way to the first call; every step can be gone to at any time. */
export function Stepper({ current, done, steps, onStep }: StepperProps) {
  return (
    <nav aria-label="Steps">
      <ol className="flex flex-wrap items-center gap-x-2 gap-y-2">
        {steps.map((step, index) => (
          <li key={step} className="flex items-center gap-2">
            {index > 0 && <span aria-hidden className="h-px w-4 bg-line-strong sm:w-8" />}
            <button
              type="button"
              aria-current={step === current ? "step" : undefined}
              onClick={() => onStep(step)}
              className={cn(
                "flex items-center gap-2 rounded-full border py-1.5 pr-3.5 pl-1.5 text-sm",
                step === current ? "border-accent bg-accent-soft font-medium" : "bg-surface text-soft hover:text-ink",
              )}
            >
              <span
                className={cn(
                  "grid size-6 place-items-center rounded-full border font-medium text-xs",
                  done[step]
                    ? "border-good-mark/40 bg-good-soft text-good"
                    : step === current && "border-accent bg-surface text-accent-text",
                )}
              >
                {done[step] ? <Check aria-label="Done" className="size-3.5" /> : index + 1}
              </span>
              {TITLES[step]}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
