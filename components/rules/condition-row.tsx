"use client";

import { X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Choice } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { Input, Select, Textarea } from "@/components/ui/input";
import { ARGUMENT_OPERATORS } from "@/lib/access/argument-rule";
import type { ToolArgument } from "@/lib/services/tool/view";
import { type ConditionDraft, linesOf, OPERATOR_WORDS, operatorsFor, pathKey, pathLabel } from "./condition-form";

interface RowProps {
  draft: ConditionDraft;
  choices: ToolArgument[];
  /** Said once the form was tried. */
  problem?: string;
  onChange(draft: ConditionDraft): void;
  /** Absent where it is the only row. */
  onRemove?(): void;
}

/** One condition: an argument of the tool, how it is compared, and with what. */
export function ConditionRow({ draft, choices, problem, onChange, onRemove }: RowProps) {
  const argument = choices.find((choice) => pathKey(choice.path) === draft.argument);
  const known = argument !== undefined || draft.argument === "";
  const operators = argument ? operatorsFor(argument) : [...ARGUMENT_OPERATORS];
  function choose(key: string) {
    const next = choices.find((choice) => pathKey(choice.path) === key);
    const operator = operatorsFor(next)[0] ?? "in";
    onChange({ ...draft, argument: key, operator, text: "", optional: next ? !next.required : false });
  }
  return (
    <li className="relative grid gap-4 rounded-xl border p-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Argument" hint={argument?.description ?? undefined}>
          <Select value={draft.argument} onChange={(event) => choose(event.target.value)}>
            <option value="">Choose…</option>
            {!known && (
              <option value={draft.argument}>{pathLabel(draft.argument.split("\u0000"))} (not in the tool now)</option>
            )}
            {choices.map((choice) => (
              <option key={pathKey(choice.path)} value={pathKey(choice.path)}>
                {pathLabel(choice.path)} ({kindWord(choice)})
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Condition" error={draft.operator === "absent" ? problem : undefined}>
          <Select
            value={draft.operator}
            onChange={(event) => {
              const operator = operators.find((entry) => entry === event.target.value) ?? draft.operator;
              onChange({ ...draft, operator, text: sameForm(draft.operator, operator) ? draft.text : "" });
            }}
          >
            {operators.map((operator) => (
              <option key={operator} value={operator}>
                {OPERATOR_WORDS[operator]}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      {draft.operator !== "absent" && (
        <>
          <Value
            draft={draft}
            argument={argument}
            problem={problem}
            onChange={(text) => onChange({ ...draft, text })}
          />
          <Choice
            type="checkbox"
            checked={draft.optional}
            onChange={(event) => onChange({ ...draft, optional: event.target.checked })}
            className="py-0"
          >
            May be left out
          </Choice>
        </>
      )}
      {onRemove && (
        <Button
          variant="ghost"
          size="icon"
          aria-label="Remove condition"
          className="absolute top-1.5 right-1.5"
          onClick={onRemove}
        >
          <X aria-hidden />
        </Button>
      )}
    </li>
  );
}

const isList = (operator: ConditionDraft["operator"]) => operator === "in" || operator === "not_in";
const sameForm = (a: ConditionDraft["operator"], b: ConditionDraft["operator"]) => isList(a) === isList(b);
const kindWord = ({ kind, list }: ToolArgument): string =>
  `${kind === "unknown" ? "any" : kind}${list ? ", each of a list" : ""}`;

/** Checkboxes where the values are known, else a field that fits the operator. */
function Value({
  draft,
  argument,
  problem,
  onChange,
}: Pick<RowProps, "draft" | "problem"> & { argument: ToolArgument | undefined; onChange(text: string): void }) {
  const options = argument?.kind === "boolean" ? [true, false] : (argument?.options ?? []);
  if (isList(draft.operator) && options.length > 0) {
    const chosen = linesOf(draft.text);
    return (
      <fieldset className="grid gap-1">
        <legend className="pb-1 font-medium text-sm">Values</legend>
        <div className="grid max-h-48 overflow-y-auto sm:grid-cols-2">
          {options.map(String).map((option) => (
            <Choice
              key={option}
              type="checkbox"
              checked={chosen.includes(option)}
              onChange={(event) =>
                onChange((event.target.checked ? [...chosen, option] : chosen.filter((o) => o !== option)).join("\n"))
              }
              className="py-0.5"
            >
              <span className="break-all font-mono text-[0.8125rem]">{option}</span>
            </Choice>
          ))}
        </div>
        {problem && (
          <p role="alert" className="text-bad text-xs leading-5">
            {problem}
          </p>
        )}
      </fieldset>
    );
  }
  if (isList(draft.operator))
    return (
      <Field label="Values" hint="One a line." error={problem}>
        <Textarea
          mono
          spellCheck={false}
          className="min-h-20"
          value={draft.text}
          onChange={(e) => onChange(e.target.value)}
        />
      </Field>
    );
  return (
    <Field label="Value" error={problem}>
      <Input
        mono
        spellCheck={false}
        autoComplete="off"
        inputMode={draft.operator === "starts_with" ? undefined : "decimal"}
        value={draft.text}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}
