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
      <Select
        aria-label="Outcome"
        className="w-40"
        value={values.outcome}
        onChange={(event) => set({ outcome: event.target.value })}
      >
        <option value="">All outcomes</option>
        {Object.entries(OUTCOMES).map(([outcome, { label }]) => (
          <option key={outcome} value={outcome}>
            {label}
          </option>
        ))}
      </Select>
      <Select
        aria-label="Server"
        className="w-40"
        value={values.server}
        onChange={(event) => set({ server: event.target.value })}
      >
        <option value="">All servers</option>
        {servers.map((server) => (
          <option key={server.slug} value={server.slug}>
            {server.name}
          </option>
        ))}
      </Select>
      {members.length > 0 && (
        <Select
          aria-label="Member"
          className="w-44"
          value={values.member}
          onChange={(event) => set({ member: event.target.value })}
        >
          <option value="">All members</option>
          {members.map((member) => (
            <option key={member.id} value={member.id}>
              {member.name}
            </option>
          ))}
        </Select>
      )}
      {active && (
        <Button variant="ghost" size="sm" onClick={() => onChange({ outcome: "", server: "", member: "" })}>
          <X aria-hidden /> Clear
        </Button>
      )}
    </div>
  );
}
