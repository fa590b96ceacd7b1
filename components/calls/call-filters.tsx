"use client";

import { X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/input";
import { OUTCOMES } from "./outcome";

/** The filters as they stand in the URL; empty string: all. */
export interface CallFilterValues {
  outcome: string;
  server: string;
  member: string;
}

interface CallFiltersProps {
  values: CallFilterValues;
  servers: { slug: string; name: string }[];
  /** Empty for plain members, who see their own calls only. */
  members: { id: string; name: string }[];
  onChange(values: CallFilterValues): void;
}

/** Outcome, server and member. */
export function CallFilters({ values, servers, members, onChange }: CallFiltersProps) {
  const set = (change: Partial<CallFilterValues>) => onChange({ ...values, ...change });
  const active = Object.values(values).some(Boolean);
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Choice
        label="Outcome"
        all="All outcomes"
        value={values.outcome}
        options={Object.entries(OUTCOMES).map(([value, { label }]) => ({ value, label }))}
        onPick={(outcome) => set({ outcome })}
      />
      <Choice
        label="Server"
        all="All servers"
        value={values.server}
        options={servers.map(({ slug, name }) => ({ value: slug, label: name }))}
        onPick={(server) => set({ server })}
      />
      {members.length > 0 && (
        <Choice
          label="Member"
          all="All members"
          value={values.member}
          options={members.map(({ id, name }) => ({ value: id, label: name }))}
          onPick={(member) => set({ member })}
        />
      )}
      {active && (
        <Button variant="ghost" size="sm" onClick={() => onChange({ outcome: "", server: "", member: "" })}>
          <X aria-hidden /> Clear
        </Button>
      )}
    </div>
  );
}

interface ChoiceProps {
  label: string;
  /** What stands for no filter. */
  all: string;
  value: string;
  options: { value: string; label: string }[];
  onPick(value: string): void;
}

function Choice({ label, all, value, options, onPick }: ChoiceProps) {
  return (
    <Select aria-label={label} className="w-40" value={value} onChange={(event) => onPick(event.target.value)}>
      <option value="">{all}</option>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </Select>
  );
}
