"use client";

import { CalendarRange, Check, ChevronDown } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Popover } from "@/components/ui/popover";
import { RANGE_NAMES, type RangeName } from "@/lib/range";
import { RANGE_LABELS } from "./labels";
import { fromLocalInput, rangeFault, toLocalInput } from "./local-time";

export interface RangeValues {
  range: string | null;
  from: string | null;
  to: string | null;
}

interface RangePickerProps {
  values: RangeValues;
  /** All three at once: a name and ends exclude each other. */
  onChange(values: RangeValues): void;
  /** What no choice means on this page, e.g. "Last 7 days" or "All time". */
  none?: string;
  /** Names to offer; all of them unless said. */
  names?: readonly RangeName[];
  className?: string;
}

const NOTHING: RangeValues = { range: null, from: null, to: null };

/** A range by name, or its own start and end in the viewer's time zone. */
export function RangePicker({ values, onChange, none = "All time", names = RANGE_NAMES, className }: RangePickerProps) {
  const [open, setOpen] = useState(false);
  const title = useRangeTitle(values, none);
  const pick = (next: RangeValues) => {
    onChange(next);
    setOpen(false);
  };
  const custom = values.from !== null || values.to !== null;
  return (
    <Popover
      label="Range of time"
      open={open}
      onOpenChange={setOpen}
      className="w-80 p-1.5"
      trigger={
        <button
          type="button"
          aria-haspopup="dialog"
          aria-label={`Range: ${title}`}
          className={cn(
            "flex h-9 min-w-0 items-center gap-2 rounded-lg border border-field bg-surface pr-2.5 pl-3 text-left text-sm shadow-card hover:border-faint",
            className,
          )}
        >
          <CalendarRange aria-hidden className="size-4 shrink-0 text-faint" />
          <span suppressHydrationWarning className="min-w-0 flex-1 truncate">
            {title}
          </span>
          <ChevronDown aria-hidden className="size-4 shrink-0 text-faint" />
        </button>
      }
    >
      <ul aria-label="Named ranges" className="grid gap-px">
        <Named title={none} chosen={!custom && values.range === null} onPick={() => pick(NOTHING)} />
        {names
          .filter((name) => RANGE_LABELS[name] !== none)
          .map((name) => (
            <Named
              key={name}
              title={RANGE_LABELS[name]}
              chosen={values.range === name}
              onPick={() => pick({ ...NOTHING, range: name })}
            />
          ))}
      </ul>
      <CustomRange key={`${values.from}/${values.to}`} values={values} onApply={pick} />
    </Popover>
  );
}

function Named({ title, chosen, onPick }: { title: string; chosen: boolean; onPick(): void }) {
  return (
    <li>
      <button
        type="button"
        aria-pressed={chosen}
        onClick={onPick}
        className="flex h-8 w-full items-center justify-between rounded-lg px-2.5 text-sm hover:bg-muted"
      >
        {title}
        {chosen && <Check aria-hidden className="size-4 text-accent-text" />}
      </button>
    </li>
  );
}

function CustomRange({ values, onApply }: { values: RangeValues; onApply(values: RangeValues): void }) {
  const [from, setFrom] = useState(() => toLocalInput(values.from));
  const [to, setTo] = useState(() => toLocalInput(values.to));
  const [tried, setTried] = useState(false);
  const fault = tried ? rangeFault(from, to) : null;
  return (
    <form
      noValidate
      className="mt-1.5 grid gap-3 border-t px-2.5 pt-3 pb-2"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!rangeFault(from, to)) onApply({ range: null, from: fromLocalInput(from), to: fromLocalInput(to) });
      }}
    >
      <Field label="From" error={fault?.field === "from" ? fault.message : undefined}>
        <Input type="datetime-local" value={from} onChange={(event) => setFrom(event.target.value)} />
      </Field>
      <Field
        label="To"
        hint={`Your time zone: ${Intl.DateTimeFormat().resolvedOptions().timeZone}`}
        error={fault?.field === "to" ? fault.message : undefined}
      >
        <Input type="datetime-local" value={to} onChange={(event) => setTo(event.target.value)} />
      </Field>
      <Button type="submit" size="sm" variant="secondary">
        Use this range
      </Button>
    </form>
  );
}

/** The chosen range in words; the viewer's zone is known in the browser only, so the server writes UTC. */
function useRangeTitle({ range, from, to }: RangeValues, none: string): string {
  const [zone, setZone] = useState("UTC");
  useEffect(() => setZone(Intl.DateTimeFormat().resolvedOptions().timeZone), []);
  if (range) return RANGE_LABELS[range as RangeName] ?? range;
  if (!from && !to) return none;
  const write = (text: string) => {
    const at = new Date(text);
    return Number.isNaN(at.getTime())
      ? text
      : at.toLocaleString("en-GB", {
          day: "numeric",
          month: "short",
          hour: "2-digit",
          minute: "2-digit",
          timeZone: zone,
        });
  };
  if (!from) return `Until ${write(to ?? "")}`;
  return to ? `${write(from)} – ${write(to)}` : `Since ${write(from)}`;
}
