"use client";

import { SlidersHorizontal } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Combobox } from "@/components/ui/combobox";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Popover } from "@/components/ui/popover";
import { FilterChips } from "./filter-chips";
import { ERROR_CLASS_OPTIONS, type FilterOption, filterTitle, KIND_OPTIONS, OUTCOME_OPTIONS } from "./labels";
import type { CallFilterName } from "./parsers";
import { RangePicker } from "./range-picker";
import { useCallFilters } from "./use-call-filters";

export interface CallFilterBarProps {
  servers: { slug: string; name: string }[];
  /** Empty for plain members, who see their own calls only. */
  members: { id: string; name: string }[];
  /** Names of clients that were seen; another one can be typed. */
  clients?: string[];
  /** Tools to offer, as their server calls them; another one can be typed. */
  tools?: { server: string; name: string }[];
  /** What no range means on this page. */
  noRange?: string;
  /** Filters that the page itself sets, e.g. `member` on a member's page. */
  hide?: readonly CallFilterName[];
  className?: string;
}

/** First three stand in the bar on wide screens, the rest behind "More". */
const ALWAYS = 3;

/**
 * The filters of every list and chart of calls, from and to the URL. Needs no props but the choices:
 * `<CallFilterBar servers={…} members={…} clients={…} />`. Phones get the range and one button for the rest.
 */
export function CallFilterBar({ noRange, className, hide = [], ...choices }: CallFilterBarProps) {
  const [values, set, pending] = useCallFilters();
  const [sheet, setSheet] = useState(false);
  const fields = fieldsOf(choices).filter(({ name }) => !hide.includes(name));
  const used = fields.filter(({ name }) => values[name]);
  const pick = (field: FilterField, grow?: boolean) => (
    <Combobox
      label={filterTitle(field.name)}
      all={grow ? "Any" : filterTitle(field.name)}
      value={values[field.name]}
      options={field.options}
      custom={field.custom}
      onChange={(value) => set({ [field.name]: value })}
      className={grow ? "w-full" : "max-w-44"}
    />
  );
  const list = (some: FilterField[]) =>
    some.map((field) => (
      <Field key={field.name} label={filterTitle(field.name)}>
        {pick(field, true)}
      </Field>
    ));
  return (
    <search
      aria-label="Filters"
      aria-busy={pending}
      className={cn("grid min-w-0 gap-2.5 transition-opacity", pending && "opacity-60", className)}
    >
      <div className="flex flex-wrap items-center gap-2">
        <RangePicker
          values={values}
          none={noRange}
          onChange={({ range, from, to }) => set({ range, from, to })}
          className="max-w-72"
        />
        <div className="hidden flex-wrap gap-2 sm:flex">
          {fields.slice(0, ALWAYS).map((field) => (
            <div key={field.name}>{pick(field)}</div>
          ))}
          {fields.length > ALWAYS && (
            <Popover
              label="More filters"
              className="grid w-80 gap-3 p-4"
              trigger={
                <Button variant="secondary">
                  <SlidersHorizontal aria-hidden /> More
                </Button>
              }
            >
              {list(fields.slice(ALWAYS))}
            </Popover>
          )}
        </div>
        <Button variant="secondary" className="sm:hidden" onClick={() => setSheet(true)}>
          <SlidersHorizontal aria-hidden /> Filters{used.length > 0 && ` (${used.length})`}
        </Button>
      </div>
      <FilterChips
        chips={used.map((field) => ({ name: field.name, value: titleOf(field, values[field.name]) }))}
        onRemove={(name) => set({ [name]: null })}
        onClear={() => set(Object.fromEntries(fields.map(({ name }) => [name, null])))}
      />
      <Dialog open={sheet} onOpenChange={setSheet} title="Filters">
        <div className="grid gap-4">{list(fields)}</div>
        <DialogActions>
          <Button onClick={() => setSheet(false)}>Show calls</Button>
        </DialogActions>
      </Dialog>
    </search>
  );
}

interface FilterField {
  name: CallFilterName;
  options: FilterOption[];
  custom?: boolean;
}

function fieldsOf({ servers, members, clients = [], tools = [] }: Omit<CallFilterBarProps, "noRange">): FilterField[] {
  const fields: FilterField[] = [
    { name: "outcome", options: OUTCOME_OPTIONS },
    {
      name: "server",
      options: servers.map(({ slug, name }) => ({ value: slug, label: name, hint: slug })),
      custom: true,
    },
    { name: "member", options: members.map(({ id, name }) => ({ value: id, label: name })) },
    { name: "tool", options: toolOptions(tools), custom: true },
    { name: "errorClass", options: ERROR_CLASS_OPTIONS, custom: true },
    { name: "client", options: clients.map((client) => ({ value: client, label: client })), custom: true },
    { name: "kind", options: KIND_OPTIONS },
  ];
  return fields.filter(({ name }) => name !== "member" || members.length > 0);
}

/** One entry for a name that several servers have: the filter is by name alone. */
function toolOptions(tools: { server: string; name: string }[]): FilterOption[] {
  const servers = new Map<string, string[]>();
  for (const { name, server } of tools) servers.set(name, [...(servers.get(name) ?? []), server]);
  return [...servers].map(([name, where]) => ({ value: name, label: name, hint: where.join(", ") }));
}

const titleOf = (field: FilterField, value: string | null): string =>
  field.options.find((option) => option.value === value)?.label ?? value ?? "";
