"use client";

import { FilterChips } from "@/components/filters/filter-chips";
import { filterTitle } from "@/components/filters/labels";
import { RangePicker } from "@/components/filters/range-picker";
import { useAuditFilters } from "@/components/filters/use-call-filters";
import { cn } from "@/components/ui/cn";
import { Combobox, type ComboboxOption } from "@/components/ui/combobox";
import { formatCount, plural } from "@/lib/format";
import type { AuditFacets } from "@/lib/services/audit/view";

interface FiltersProps {
  facets: AuditFacets;
  /** What the events on the page were about; another id can be typed. */
  targets: { id: string; name: string; type: string }[];
}

const NAMES = ["action", "actor", "target"] as const;

/** What was changed (a kind of thing or one action), by whom, to what, and when; from and to the URL. */
export function AuditFilters({ facets, targets }: FiltersProps) {
  const [values, set, pending] = useAuditFilters();
  const options: Record<(typeof NAMES)[number], ComboboxOption[]> = {
    action: actionOptions(facets),
    actor: facets.actors.map(({ actor, name, events }) => ({ value: actor, label: name, hint: formatCount(events) })),
    target: targets.map(({ id, name, type }) => ({ value: id, label: name || id, hint: type })),
  };
  const titleOf = (name: (typeof NAMES)[number], value: string) =>
    options[name].find((option) => option.value === value)?.label ?? value;
  return (
    <search
      aria-label="Filters"
      aria-busy={pending}
      className={cn("grid min-w-0 gap-2.5 transition-opacity", pending && "opacity-60")}
    >
      <div className="flex flex-wrap items-center gap-2">
        <RangePicker
          values={values}
          onChange={({ range, from, to }) => set({ range, from, to })}
          className="max-w-72"
        />
        {NAMES.map((name) => (
          <Combobox
            key={name}
            label={filterTitle(name)}
            value={values[name]}
            options={options[name]}
            custom
            onChange={(value) => set({ [name]: value })}
            className="max-w-44"
          />
        ))}
      </div>
      <FilterChips
        chips={NAMES.flatMap((name) => {
          const value = values[name];
          return value ? [{ name, value: titleOf(name, value) }] : [];
        })}
        onRemove={(name) => set({ [name]: null })}
        onClear={() => set({ action: null, actor: null, target: null })}
      />
    </search>
  );
}

/** Each kind of thing with all that happens to it, then its actions. */
function actionOptions({ actions }: AuditFacets): ComboboxOption[] {
  const groups = new Map<string, AuditFacets["actions"]>();
  for (const one of actions) {
    const noun = one.action.split(".")[0] ?? one.action;
    groups.set(noun, [...(groups.get(noun) ?? []), one]);
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([noun, some]) => {
      const events = some.reduce((sum, one) => sum + one.events, 0);
      const all = { value: noun, label: `All of ${noun.replaceAll("_", " ")}`, hint: plural(events, "event") };
      const each = some.map((one) => ({ value: one.action, label: one.action, hint: formatCount(one.events) }));
      return [all, ...each];
    });
}
