"use client";

import { Search } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Combobox } from "@/components/ui/combobox";
import { Input, Select } from "@/components/ui/input";
import type { WorkspaceTool } from "@/lib/services/tool/view";
import { kindOf, TOOL_KINDS } from "./tool-kind";

/** Filters as they stand in the URL; null: not filtered. */
export interface ToolFilterValues {
  q: string | null;
  server: string | null;
  kind: string | null;
  state: string | null;
}
export const NO_FILTERS: ToolFilterValues = { q: null, server: null, kind: null, state: null };

export const TOOL_STATES = { on: "On", off: "Off", review: "To review" } as const;

/** The tools that fit; a filter that means nothing fits nothing. */
export function filterTools(
  tools: readonly WorkspaceTool[],
  { q, server, kind, state }: ToolFilterValues,
): WorkspaceTool[] {
  const wanted = (q ?? "").trim().toLowerCase();
  return tools.filter(
    (tool) =>
      `${tool.qualifiedName} ${tool.name} ${tool.title ?? ""} ${tool.description ?? ""}`
        .toLowerCase()
        .includes(wanted) &&
      (server === null || tool.server.slug === server) &&
      (kind === null || kindOf(tool) === kind) &&
      (state === null || stateFits(tool, state)),
  );
}

function stateFits(tool: WorkspaceTool, state: string): boolean {
  const on = tool.enabled && tool.server.enabled;
  return state === "on" ? on : state === "off" ? !on : state === "review" && tool.review !== "reviewed";
}

interface FiltersProps {
  values: ToolFilterValues;
  tools: readonly WorkspaceTool[];
  /** Members see only what is on and reviewed or not is none of their business. */
  canManage: boolean;
  onChange(change: Partial<ToolFilterValues>): void;
}

export function ToolFilters({ values, tools, canManage, onChange }: FiltersProps) {
  const servers = [...new Map(tools.map(({ server }) => [server.slug, server])).values()];
  const active = Object.values(values).some((value) => value !== null);
  return (
    <div className="flex flex-wrap items-center gap-2">
      <div className="relative w-full sm:w-64">
        <Search aria-hidden className="absolute top-2.5 left-3 size-4 text-faint" />
        <Input
          type="search"
          aria-label="Find a tool"
          placeholder="Find a tool"
          className="pl-9"
          value={values.q ?? ""}
          onChange={(event) => onChange({ q: event.target.value || null })}
        />
      </div>
      {servers.length > 1 && (
        <Combobox
          label="Server"
          all="All servers"
          value={values.server}
          options={servers.map(({ slug, name }) => ({ value: slug, label: name, hint: slug }))}
          onChange={(server) => onChange({ server })}
          className="w-44"
        />
      )}
      <Select
        aria-label="What it does"
        className="w-44"
        value={values.kind ?? ""}
        onChange={(event) => onChange({ kind: event.target.value || null })}
      >
        <option value="">Reads or writes</option>
        {Object.entries(TOOL_KINDS).map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </Select>
      {canManage && (
        <Select
          aria-label="State"
          className="w-32"
          value={values.state ?? ""}
          onChange={(event) => onChange({ state: event.target.value || null })}
        >
          <option value="">On or off</option>
          {Object.entries(TOOL_STATES).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
      )}
      {active && (
        <Button variant="ghost" size="sm" onClick={() => onChange(NO_FILTERS)}>
          Clear filters
        </Button>
      )}
    </div>
  );
}
