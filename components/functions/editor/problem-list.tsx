import { CircleAlert, CircleCheck } from "lucide-react";
import { Spinner } from "@/components/ui/spinner";
import { plural } from "@/lib/format";
import type { CodeProblem } from "./diagnostics";

interface ListProps {
  problems: readonly CodeProblem[];
  /** `stale`: typed since the last check. `failed`: the check itself did not work; `note` says why. */
  state: "checking" | "checked" | "stale" | "failed";
  note: string | null;
  onGo(problem: CodeProblem): void;
}

/** What the check found, each with a way to its line. */
export function ProblemList({ problems, state, note, onGo }: ListProps) {
  return (
    <section aria-label="Problems" className="border-t text-sm">
      <p role="status" className="flex min-h-9 items-center gap-2 px-4 py-1.5 text-xs">
        {state === "checking" ? (
          <>
            <Spinner className="size-3.5 text-faint" /> <span className="text-faint">Checking types…</span>
          </>
        ) : state === "failed" ? (
          <span className="text-faint">{note}</span>
        ) : problems.length > 0 ? (
          <>
            <CircleAlert aria-hidden className="size-3.5 text-bad" />
            <span className="font-medium text-bad">{plural(problems.length, "problem")}</span>
          </>
        ) : state === "stale" ? (
          <span className="text-faint">Checked as soon as you pause.</span>
        ) : (
          <>
            <CircleCheck aria-hidden className="size-3.5 text-good" /> <span className="text-soft">No problems</span>
          </>
        )}
      </p>
      {problems.length > 0 && (
        <ul className="max-h-48 overflow-y-auto border-t py-1">
          {problems.map((problem) => (
            <li key={`${problem.file}:${problem.line}:${problem.column}:${problem.text}`}>
              <button
                type="button"
                disabled={!problem.file}
                onClick={() => onGo(problem)}
                className="flex w-full flex-wrap items-baseline gap-x-3 px-4 py-1.5 text-left -outline-offset-2 hover:bg-muted"
              >
                <span className="min-w-0 flex-1 basis-60 break-words leading-5">{problem.text}</span>
                {problem.file && (
                  <span className="font-mono text-accent-text text-xs">
                    {problem.file}
                    {problem.line > 0 && `:${problem.line}:${problem.column}`}
                  </span>
                )}
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
