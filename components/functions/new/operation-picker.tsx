"use client";

import { PenLine, Search } from "lucide-react";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import { Input } from "@/components/ui/input";
import { formatCount, plural } from "@/lib/format";
import {
  byTag,
  firstChoice,
  fits,
  MOST_OPERATIONS,
  type Operation,
  totalsOf,
  withOperations,
  writes,
} from "./operations";

interface PickerProps {
  operations: Operation[];
  chosen: ReadonlySet<string>;
  onChange(chosen: ReadonlySet<string>): void;
}

/** Which operations become tools: by tag, with what each costs a model, and those that write marked. */
export function OperationPicker({ operations, chosen, onChange }: PickerProps) {
  const [query, setQuery] = useState("");
  const shown = byTag(operations.filter((each) => fits(each, query)));
  const { tools, tokens, writing } = totalsOf(operations, chosen);
  const full = tools >= MOST_OPERATIONS;
  return (
    <Card className="min-w-0">
      <header className="grid gap-3 border-b px-5 py-4">
        <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
          <p className="text-sm" aria-live="polite">
            <span className="font-semibold tabular-nums">{tools}</span>{" "}
            <span className="text-soft">
              of {plural(operations.length, "operation")} chosen, at most {MOST_OPERATIONS}
            </span>
            {writing > 0 && <span className="text-warn"> · {writing} can change something</span>}
          </p>
          <p
            className="text-soft text-sm"
            title="Estimated from the length of each tool's name, description and schema"
          >
            about <span className="font-semibold text-ink tabular-nums">{formatCount(tokens)}</span> tokens in each
            conversation
          </p>
        </div>
        <div className="flex flex-wrap gap-2">
          <div className="relative flex-1 basis-full sm:basis-52">
            <Search aria-hidden className="absolute top-2.5 left-3 size-4 text-faint" />
            <Input
              type="search"
              aria-label="Find an operation"
              placeholder="Find an operation"
              className="pl-9"
              value={query}
              onChange={(event) => setQuery(event.target.value)}
            />
          </div>
          <Button variant="secondary" onClick={() => onChange(firstChoice(operations))}>
            Reading only
          </Button>
          <Button variant="ghost" disabled={tools === 0} onClick={() => onChange(new Set())}>
            None
          </Button>
        </div>
      </header>
      <div className="max-h-[32rem] overflow-y-auto">
        {shown.map(({ tag, operations: group }) => (
          <Group key={tag} tag={tag} operations={group} chosen={chosen} full={full} onChange={onChange} />
        ))}
        {shown.length === 0 && (
          <p className="px-5 py-10 text-center text-faint text-sm">No operation fits “{query}”.</p>
        )}
      </div>
    </Card>
  );
}

interface GroupProps extends PickerProps {
  tag: string;
  full: boolean;
}

function Group({ tag, operations, chosen, full, onChange }: GroupProps) {
  const able = operations.filter(({ unsupported }) => unsupported === null);
  const picked = able.filter(({ id }) => chosen.has(id)).length;
  const all = able.length > 0 && picked === able.length;
  return (
    <section aria-label={tag || "Other"} className="border-b last:border-b-0">
      <header className="sticky top-0 flex items-center justify-between gap-3 border-b bg-muted px-5 py-1.5">
        <h3 className="min-w-0 truncate font-medium text-xs">
          {tag || "Other"}{" "}
          <span className="font-normal text-faint tabular-nums">
            {picked} of {able.length}
          </span>
        </h3>
        <button
          type="button"
          className="shrink-0 rounded text-accent-text text-xs hover:underline"
          onClick={() => onChange(withOperations(chosen, operations, !all))}
        >
          {all ? "None of these" : "All of these"}
        </button>
      </header>
      <ul>
        {operations.map((operation) => (
          <OperationRow
            key={operation.id}
            operation={operation}
            checked={chosen.has(operation.id)}
            disabled={operation.unsupported !== null || (full && !chosen.has(operation.id))}
            onToggle={(on) => onChange(withOperations(chosen, [operation], on))}
          />
        ))}
      </ul>
    </section>
  );
}

interface RowProps {
  operation: Operation;
  checked: boolean;
  disabled: boolean;
  onToggle(on: boolean): void;
}

function OperationRow({ operation, checked, disabled, onToggle }: RowProps) {
  const changes = writes(operation);
  return (
    <li>
      <label
        className={cn(
          "flex cursor-pointer items-start gap-3 px-5 py-2 text-sm hover:bg-muted/50 has-disabled:cursor-default has-disabled:opacity-55",
          changes && checked && "bg-warn-soft/50 hover:bg-warn-soft",
        )}
      >
        <input
          type="checkbox"
          className="mt-1 size-4 shrink-0 accent-accent"
          checked={checked}
          disabled={disabled}
          onChange={(event) => onToggle(event.target.checked)}
        />
        <span className="grid min-w-0 flex-1 gap-0.5">
          <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <Badge tone={changes ? "warn" : "neutral"} className="font-mono">
              {changes && <PenLine aria-label="writes" />} {operation.method.toUpperCase()}
            </Badge>
            <span className="min-w-0 break-all font-mono text-xs">{operation.path}</span>
            {operation.deprecated && <Badge>deprecated</Badge>}
          </span>
          <span className="break-words text-soft text-xs leading-5">
            {operation.unsupported ? `Cannot be a tool: ${operation.unsupported}` : operation.summary || operation.tool}
          </span>
        </span>
        <span
          className="shrink-0 pt-0.5 text-faint text-xs tabular-nums"
          title="Tokens in each conversation, estimated"
        >
          {operation.tokens}
        </span>
      </label>
    </li>
  );
}
