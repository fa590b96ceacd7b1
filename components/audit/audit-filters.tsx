"use client";

import { X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/input";
import { AUDIT_ACTIONS } from "@/lib/services/audit/actions";

/** The filters as they stand in the URL; empty string: all. */
export interface AuditFilterValues {
  action: string;
  actor: string;
}

interface FiltersProps {
  values: AuditFilterValues;
  /** Who may have acted, by address. */
  actors: { email: string; name: string }[];
  onChange(values: AuditFilterValues): void;
}

const NOUNS = [...new Set(AUDIT_ACTIONS.map((action) => action.split(".")[0] ?? action))].sort();

/** What was changed (all of a kind, or one action), and by whom. */
export function AuditFilters({ values, actors, onChange }: FiltersProps) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Select
        aria-label="Action"
        className="w-52"
        value={values.action}
        onChange={(event) => onChange({ ...values, action: event.target.value })}
      >
        <option value="">All actions</option>
        {NOUNS.map((noun) => (
          <optgroup key={noun} label={noun}>
            <option value={noun}>{noun} (all)</option>
            {AUDIT_ACTIONS.filter((action) => action.startsWith(`${noun}.`)).map((action) => (
              <option key={action} value={action}>
                {action}
              </option>
            ))}
          </optgroup>
        ))}
      </Select>
      <Select
        aria-label="Who"
        className="w-52"
        value={values.actor}
        onChange={(event) => onChange({ ...values, actor: event.target.value })}
      >
        <option value="">Everybody</option>
        {values.actor && !actors.some(({ email }) => email === values.actor) && (
          <option value={values.actor}>{values.actor}</option>
        )}
        {actors.map(({ email, name }) => (
          <option key={email} value={email}>
            {name} ({email})
          </option>
        ))}
      </Select>
      {(values.action || values.actor) && (
        <Button variant="ghost" size="sm" onClick={() => onChange({ action: "", actor: "" })}>
          <X aria-hidden /> Clear
        </Button>
      )}
    </div>
  );
}
