"use client";

import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { useSubmit } from "@/components/ui/use-submit";
import type { Action } from "@/lib/action-state";
import { plural } from "@/lib/format";
import { paths } from "@/lib/paths";
import type { TestRuleInput } from "@/lib/services/rule/schemas";
import type { RuleTestView } from "@/lib/services/rule/view";
import type { ToolArgument } from "@/lib/services/tool/view";
import { PastCall, Verdict } from "./verdict";

interface TestProps {
  slug: string;
  keepArgumentsDays: number;
  /** The rule as it stands in the form; null while it is not complete. */
  draft: TestRuleInput | null;
  choices: ToolArgument[];
  onTest: Action<TestRuleInput, RuleTestView>;
}

/** Tries the rule before it is saved: on arguments typed in, and on past calls where these are kept. */
export function TestBox({ slug, keepArgumentsDays, draft, choices, onTest }: TestProps) {
  const [typed, setTyped] = useState("");
  const [result, setResult] = useState<{ of: string; view: RuleTestView } | null>(null);
  const now = JSON.stringify([draft, typed]);
  const { submit, pending, error, fieldError } = useSubmit(
    onTest,
    (view: RuleTestView) => setResult({ of: now, view }),
    ["arguments"],
  );
  // What was found for another rule or other arguments says nothing about these.
  const view = result?.of === now ? result.view : null;
  return (
    <Card className="xl:sticky xl:top-10">
      <CardHeader title="Test" description="Nothing is saved and no server is asked." />
      <div className="grid gap-4 px-5 pb-5">
        <Field label="Arguments to try" aside="JSON" error={fieldError("arguments")}>
          <Textarea
            mono
            spellCheck={false}
            placeholder={exampleOf(choices)}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </Field>
        {view?.typed && <Verdict {...view.typed} />}
        {error && <Callout tone="bad">{error.message}</Callout>}
        <div className="flex flex-wrap items-center gap-3">
          <Button
            variant="secondary"
            pending={pending}
            disabled={draft === null || (typed.trim() === "" && keepArgumentsDays === 0)}
            onClick={() => draft && submit({ ...draft, ...(typed.trim() !== "" && { arguments: typed }) })}
          >
            Test rule
          </Button>
          {draft === null && <span className="text-faint text-xs">Complete the conditions first.</span>}
        </div>
        <div className="grid gap-2 border-t pt-4 text-sm">
          <h3 className="font-medium">Past calls</h3>
          {keepArgumentsDays === 0 ? (
            <p className="text-faint leading-6">
              Arguments of calls are not kept, so there is none to try.{" "}
              <Link href={paths.settings(slug)} className="text-accent-text underline underline-offset-4">
                Keep them for some days
              </Link>
              , sealed, if you want to.
            </p>
          ) : (
            <Past view={view} days={keepArgumentsDays} />
          )}
        </div>
      </div>
    </Card>
  );
}

function Past({ view, days }: { view: RuleTestView | null; days: number }) {
  if (view === null)
    return (
      <p className="text-faint leading-6">{`The test runs on the newest 50 calls of this tool, of the last ${plural(days, "day")}.`}</p>
    );
  const refused = view.calls.filter((call) => !call.allowed).length;
  if (view.calls.length === 0)
    return <p className="text-faint leading-6">No call of this tool with kept arguments yet.</p>;
  return (
    <>
      <p aria-live="polite" className="text-soft">
        {`${plural(view.calls.length, "call")}: ${view.calls.length - refused} allowed, ${refused} refused`}
      </p>
      <ul className="grid max-h-96 overflow-y-auto rounded-xl border">
        {view.calls.map((call) => (
          <PastCall key={call.id} call={call} />
        ))}
      </ul>
    </>
  );
}

/** Arguments as they might look, from the tool's own names and types. */
function exampleOf(choices: ToolArgument[]): string {
  const plain = choices.filter(({ path, list }) => path.length === 1 && !list).slice(0, 3);
  if (plain.length === 0) return '{"repo": "acme/web"}';
  const value = ({ kind, options }: ToolArgument) =>
    options[0] ?? (kind === "number" ? 1 : kind === "boolean" ? true : "…");
  return JSON.stringify(Object.fromEntries(plain.map((choice) => [choice.path[0], value(choice)])), null, 1);
}
