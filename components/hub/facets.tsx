"use client";

import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import type { ListingFacets } from "@/lib/services/listing/view";

/** The filters of the Hub besides the search, as the address holds them. */
export interface FacetValues {
  /** Words joined by commas. */
  category: string | null;
  needs: string | null;
  official: string | null;
  readOnly: string | null;
  installed: string | null;
}

interface FacetsProps {
  facets: ListingFacets;
  values: FacetValues;
  onChange(change: Partial<FacetValues>): void;
}

const SWITCHES = [
  { name: "installed", label: "Installed here" },
  { name: "readOnly", label: "Has a read-only address" },
  { name: "official", label: "Run by the vendor" },
] as const;

const wordsOf = (value: string | null) => value?.split(",").filter(Boolean) ?? [];

/** How many choices are made. */
export const countChoices = ({ category, needs, ...switches }: FacetValues): number =>
  wordsOf(category).length + wordsOf(needs).length + Object.values(switches).filter((value) => value === "true").length;

/** What the list can be narrowed to, with how many each choice would leave. */
export function Facets({ facets, values, onChange }: FacetsProps) {
  function toggle(name: "category" | "needs", word: string) {
    const words = wordsOf(values[name]);
    const next = words.includes(word) ? words.filter((other) => other !== word) : [...words, word];
    onChange({ [name]: next.length > 0 ? next.join(",") : null });
  }
  return (
    <div className="grid gap-6">
      <Group title="What it needs">
        {facets.needs.map(({ key, label, count }) => (
          <Check
            key={key}
            label={label}
            count={count}
            checked={wordsOf(values.needs).includes(key)}
            onChange={() => toggle("needs", key)}
          />
        ))}
      </Group>
      <Group title="Show only">
        {SWITCHES.map(({ name, label }) => (
          <Check
            key={name}
            label={label}
            count={facets[name]}
            checked={values[name] === "true"}
            onChange={() => onChange({ [name]: values[name] === "true" ? null : "true" })}
          />
        ))}
      </Group>
      <Group title="Category">
        {facets.category.map(({ key, label, count }) => (
          <Check
            key={key}
            label={label}
            count={count}
            checked={wordsOf(values.category).includes(key)}
            onChange={() => toggle("category", key)}
          />
        ))}
      </Group>
    </div>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="grid">
      <legend className="mb-1.5 font-medium text-faint text-xs">{title}</legend>
      {children}
    </fieldset>
  );
}

interface CheckProps {
  label: string;
  count: number;
  checked: boolean;
  onChange(): void;
}

function Check({ label, count, checked, onChange }: CheckProps) {
  return (
    <label
      className={cn(
        "-mx-2 flex min-h-8 cursor-pointer items-center gap-2.5 rounded-lg px-2 py-1 text-sm hover:bg-muted",
        checked ? "font-medium text-ink" : count === 0 ? "text-faint" : "text-soft",
      )}
    >
      <input type="checkbox" checked={checked} onChange={onChange} className="size-4 shrink-0 accent-accent" />
      <span className="min-w-0 flex-1 leading-5">{label}</span>
      <span className="text-faint text-xs tabular-nums">{count}</span>
    </label>
  );
}
