import { Check, CircleDashed, X } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { cn } from "@/components/ui/cn";
import { Spinner } from "@/components/ui/spinner";
import { plural } from "@/lib/format";
import { paths } from "@/lib/paths";
import type { DeployedView } from "@/lib/services/function/view";
import type { CodeProblem } from "./diagnostics";
import { type DeployRun, STEPS, type Step } from "./use-deploy";

interface PanelProps {
  slug: string;
  run: DeployRun;
  /** Deployments that the other tabs know of; a new one takes a moment to get there. */
  known: readonly string[];
  onGo(problem: CodeProblem): void;
  /** Opens another tab of the function. */
  onTab(tab: "settings" | "test" | "deployments"): void;
  /** Deploys despite errors of types. */
  onAnyway(): void;
  onDismiss(): void;
}

const LABEL: Record<Step, string> = {
  save: "Save",
  check: "Check types",
  bundle: "Bundle",
  trial: "Trial",
  live: "Live",
};

/** A deploy as it goes: its steps, what stopped it, or what came of it and what comes next. */
export function DeployPanel({ slug, run, known, onGo, onTab, onAnyway, onDismiss }: PanelProps) {
  const { failed, result } = run;
  return (
    <section aria-label="Deploy" className="grid animate-fade-in gap-4 border-b bg-muted/40 px-5 py-4">
      <div className="flex items-start justify-between gap-3">
        <Steps run={run} />
        {(failed || result) && (
          <Button variant="ghost" size="icon" aria-label="Close" className="-my-1 -mr-2" onClick={onDismiss}>
            <X aria-hidden />
          </Button>
        )}
      </div>
      {failed && <Failure failed={failed} onGo={onGo} onAnyway={onAnyway} />}
      {result && <Result slug={slug} result={result} fresh={known.includes(result.deployment.id)} onTab={onTab} />}
    </section>
  );
}

type Failed = NonNullable<DeployRun["failed"]>;

function Failure({ failed, onGo, onAnyway }: Pick<PanelProps, "onGo" | "onAnyway"> & { failed: Failed }) {
  const { message, problems } = failed;
  if (problems.length === 0)
    return (
      <Callout tone="bad" title="Not deployed">
        <p className="whitespace-pre-wrap">{message}</p>
      </Callout>
    );
  const onlyTypes = problems.every(({ code }) => code === "type");
  return (
    <Callout tone="bad" title={`Not deployed: ${plural(problems.length, "problem")}`}>
      <ul className="mt-1 grid gap-1">
        {problems.slice(0, 5).map((problem) => (
          <li key={`${problem.file}:${problem.line}:${problem.column}:${problem.text}`}>
            <button type="button" className="text-left underline underline-offset-4" onClick={() => onGo(problem)}>
              {problem.file}:{problem.line}
            </button>{" "}
            {problem.text}
          </li>
        ))}
        {problems.length > 5 && <li>and {problems.length - 5} more, listed below the code</li>}
      </ul>
      {onlyTypes && (
        <p className="mt-2">
          These are errors of types; the code can run all the same.{" "}
          <button type="button" className="font-medium underline underline-offset-4" onClick={onAnyway}>
            Deploy anyway
          </button>
        </p>
      )}
    </Callout>
  );
}

function Steps({ run }: { run: DeployRun }) {
  const now = STEPS.indexOf(run.step);
  return (
    <ol role="status" className="flex flex-wrap items-center gap-x-5 gap-y-2 text-sm">
      {STEPS.map((step, index) => {
        const done = index < now || run.result !== null;
        const bad = index === now && run.failed !== null;
        const busy = run.failed === null && (index === now || (run.step === "bundle" && step === "trial"));
        return (
          <li
            key={step}
            className={cn(
              "flex items-center gap-2",
              bad ? "font-medium text-bad" : done ? "text-soft" : !busy && "text-faint",
            )}
          >
            {bad ? (
              <X aria-label="failed" className="size-4" />
            ) : done ? (
              <Check aria-label="done" className="size-4 text-good" />
            ) : busy ? (
              <Spinner className="text-accent-text" />
            ) : (
              <CircleDashed aria-hidden className="size-4" />
            )}
            {step === "live" && run.stage ? "Kept ready" : LABEL[step]}
          </li>
        );
      })}
    </ol>
  );
}

interface ResultProps extends Pick<PanelProps, "slug" | "onTab"> {
  result: DeployedView;
  /** The other tabs know of it. */
  fresh: boolean;
}

function Result({ slug, result, fresh, onTab }: ResultProps) {
  const { deployment, staged, tools, missingSecrets, widened } = result;
  return (
    <div className="grid gap-3 text-sm leading-6">
      <p>
        <strong className="font-semibold">
          Version {deployment.version} is {staged ? "ready, and does not answer yet" : "live"}.
        </strong>{" "}
        <span className="text-soft">It started in {deployment.startMs} ms.</span>
      </p>
      <p className="flex flex-wrap items-center gap-1.5">
        <span className="text-soft">{plural(tools.length, "tool")}:</span>
        {tools.slice(0, 12).map(({ name, qualifiedName }) => (
          <code key={name} className="break-all rounded-md border bg-surface px-1.5 font-mono text-xs leading-6">
            {qualifiedName}
          </code>
        ))}
        {tools.length > 12 && <span className="text-faint">and {tools.length - 12} more</span>}
      </p>
      {widened.length > 0 && (
        <Callout tone="warn" title="It may do more than the version before">
          <ul>
            {widened.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </Callout>
      )}
      {missingSecrets.length > 0 && (
        <Callout
          tone="warn"
          title={`${plural(missingSecrets.length, "secret waits", "secrets wait")} for a value`}
          action={
            <Button size="sm" onClick={() => onTab("settings")}>
              Set {missingSecrets.length === 1 ? "it" : "them"}
            </Button>
          }
        >
          Until then calls that need {missingSecrets.length === 1 ? "it" : "them"} are refused:{" "}
          <span className="font-mono text-xs">{missingSecrets.join(", ")}</span>
        </Callout>
      )}
      <div className="flex flex-wrap gap-2">
        <Button size="sm" variant="secondary" pending={!fresh} onClick={() => onTab(staged ? "deployments" : "test")}>
          {staged ? "Compare and promote" : "Try a tool"}
        </Button>
        {!staged && (
          <Button asChild size="sm" variant="secondary">
            <Link href={paths.connect(slug)}>Connect a client</Link>
          </Button>
        )}
      </div>
    </div>
  );
}
