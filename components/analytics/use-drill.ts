"use client";

import { useRouter } from "next/navigation";
import type { Step } from "@/components/charts/steps";
import type { CallFilterValues } from "@/components/filters/parsers";
import { useCallFilters } from "@/components/filters/use-call-filters";
import { LIMITS } from "@/lib/limits";
import { paths } from "@/lib/paths";
import { callsHref, searchOf } from "./calls-href";

type Patch = Partial<CallFilterValues>;

/** Where a chart stands: its workspace, and the filters that the page itself sets (a member's page: the member). */
export interface ChartPlace {
  slug: string;
  fixed?: Patch;
  /** The page has no filters of its own: presses lead to the analytics page with them. */
  elsewhere?: boolean;
}

/** From a chart to less: filters by a press, a range by dragging, and links to the calls behind a figure. */
export function useDrill({ slug, fixed = {}, elsewhere }: ChartPlace) {
  const [values, change] = useCallFilters();
  const router = useRouter();
  const now: CallFilterValues = { ...values, ...fixed };
  const set = (patch: Patch) =>
    elsewhere ? router.push(`${paths.analytics(slug)}?${searchOf({ ...now, ...patch })}`) : change(patch);
  const isOn = (patch: Patch) =>
    Object.entries(patch).every(([name, value]) => now[name as keyof CallFilterValues] === value);
  return {
    filters: now,
    isOn,
    /** Filters to these values, or, where the page is filtered to them, no longer. */
    toggle: (patch: Patch) =>
      set(isOn(patch) ? Object.fromEntries(Object.keys(patch).map((name) => [name, null])) : patch),
    zoom: (first: Step, last: Step) => set({ range: null, ...bounds(first.start, last.end) }),
    /** The calls that the page shows, narrowed down further. */
    callsHref: (patch: Patch = {}) => callsHref(slug, { ...now, ...patch }),
    stepHref: (step: Step, patch: Patch = {}) =>
      callsHref(slug, { ...now, ...patch, range: null, ...bounds(step.start, step.end) }),
  };
}

const bounds = (from: number, to: number) => ({ from: new Date(from).toISOString(), to: new Date(to).toISOString() });

/** `slug__tool` as filters, cut at the first `__`; null where the name may be a shortened one and says no tool. */
export function toolPatch(qualifiedName: string): Patch | null {
  const at = qualifiedName.indexOf("__");
  if (at < 1 || qualifiedName.length >= LIMITS.exposedNameLength) return null;
  return { server: qualifiedName.slice(0, at), tool: qualifiedName.slice(at + 2) };
}
