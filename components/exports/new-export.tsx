"use client";

import { useQuery } from "@tanstack/react-query";
import { Download, Plus, Workflow } from "lucide-react";
import { useState } from "react";
import { type FilterOption, filterTitle, KIND_OPTIONS, OUTCOME_OPTIONS } from "@/components/filters/labels";
import { RangePicker } from "@/components/filters/range-picker";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Choice } from "@/components/ui/choice";
import { Combobox } from "@/components/ui/combobox";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { AUDIT_ACTIONS } from "@/lib/services/audit/actions";
import { createExport, download, type ExportRequest, fetchEstimate, type Log, streamHref } from "./export-api";
import { sizeInWords } from "./words";

export interface ExportChoices {
  /** The reader may export the audit log, and kept payloads. */
  mayAudit: boolean;
  mayPayloads: boolean;
  servers: { slug: string; name: string }[];
  /** Empty for plain members, who export their own calls only. */
  members: { id: string; name: string; email: string | null }[];
}

type Values = Record<string, string | null>;

const FORMATS = [
  { value: "csv", title: "CSV", note: "UTF-8, comma separated" },
  { value: "excel", title: "CSV for Excel", note: "the same with the mark by which Excel knows UTF-8" },
  { value: "jsonl", title: "JSONL", note: "one JSON object a line, values unchanged, for a SIEM" },
] as const;

/** "New export": which log, how, which rows, and how many that would be. `onMade` after one was asked for. */
export function NewExport({ slug, choices, onMade }: { slug: string; choices: ExportChoices; onMade(): void }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Plus aria-hidden /> New export
      </Button>
      <Dialog open={open} onOpenChange={setOpen} kind="drawer" title="New export">
        {open && (
          <ExportForm
            slug={slug}
            choices={choices}
            onMade={() => {
              setOpen(false);
              onMade();
            }}
          />
        )}
      </Dialog>
    </>
  );
}

function ExportForm({ slug, choices, onMade }: { slug: string; choices: ExportChoices; onMade(): void }) {
  const [log, setLog] = useState<Log>("calls");
  const [format, setFormat] = useState<(typeof FORMATS)[number]["value"]>("csv");
  const [payloads, setPayloads] = useState(false);
  const [filters, setFilters] = useState<Values>({ range: "30d" });
  const [pending, setPending] = useState(false);
  const size = useQuery({
    queryKey: ["export-estimate", slug, log, filters],
    queryFn: ({ signal }) => fetchEstimate(slug, log, filters, signal),
    retry: false,
    staleTime: 10_000,
  });
  const offersPayloads = choices.mayPayloads && log === "calls" && format === "jsonl";
  const request: ExportRequest = {
    log,
    format: format === "jsonl" ? "jsonl" : "csv",
    ...(format === "excel" && { excel: true }),
    ...(offersPayloads && payloads && { payloads: true }),
    filters,
  };
  const set = (change: Values) => setFilters({ ...filters, ...change });
  const { range = null, from = null, to = null } = filters;
  async function make() {
    setPending(true);
    try {
      await createExport(slug, request);
      onMade();
    } catch (error) {
      toast.error("Nothing was exported", { description: error instanceof Error ? error.message : undefined });
    } finally {
      setPending(false);
    }
  }
  return (
    <div className="grid gap-5">
      {choices.mayAudit && (
        <Field label="What">
          <Select
            value={log}
            onChange={(event) => {
              setLog(event.target.value === "audit" ? "audit" : "calls");
              setFilters({ range, from, to });
            }}
          >
            <option value="calls">Calls</option>
            <option value="audit">Audit events</option>
          </Select>
        </Field>
      )}
      <fieldset className="grid">
        <legend className="mb-1 font-medium text-sm">Format</legend>
        {FORMATS.map(({ value, title, note }) => (
          <Choice
            key={value}
            type="radio"
            name="format"
            checked={format === value}
            onChange={() => setFormat(value)}
            note={note}
          >
            {title}
          </Choice>
        ))}
        {offersPayloads && (
          <Choice
            type="checkbox"
            checked={payloads}
            onChange={(event) => setPayloads(event.target.checked)}
            note="Only what the workspace keeps, without redacted fields. Noted in the audit log."
          >
            With arguments and results
          </Choice>
        )}
      </fieldset>
      <Field label="Range">
        <RangePicker values={{ range, from, to }} onChange={(times) => set({ ...times })} className="w-full" />
      </Field>
      {fieldsOf(log, choices).map(({ name, options, custom }) => (
        <Field key={name} label={filterTitle(name)}>
          <Combobox
            label={filterTitle(name)}
            all="Any"
            value={filters[name] ?? null}
            options={options}
            custom={custom}
            onChange={(value) => set({ [name]: value })}
            className="w-full"
          />
        </Field>
      ))}
      {size.error && <Callout tone="bad">{size.error.message}</Callout>}
      <p aria-live="polite" className="text-soft text-sm">
        {size.data ? sizeInWords(size.data) : size.error ? "" : "Counting rows …"}
      </p>
      <DialogActions>
        <Button
          variant={size.data?.background ? "primary" : "secondary"}
          pending={pending}
          disabled={!size.data}
          onClick={() => void make()}
        >
          <Workflow aria-hidden /> Make in the background
        </Button>
        {!size.data?.background && (
          <Button
            disabled={!size.data}
            onClick={() => {
              download(streamHref(slug, request));
              onMade();
            }}
          >
            <Download aria-hidden /> Download now
          </Button>
        )}
      </DialogActions>
    </div>
  );
}

interface FilterField {
  name: string;
  options: FilterOption[];
  custom?: boolean;
}

function fieldsOf(log: Log, { servers, members }: ExportChoices): FilterField[] {
  if (log === "audit")
    return [
      { name: "action", options: AUDIT_ACTIONS.map((value) => ({ value, label: value })), custom: true },
      {
        name: "actor",
        options: members.flatMap(({ email, name }) => (email ? [{ value: email, label: name, hint: email }] : [])),
        custom: true,
      },
    ];
  const fields: FilterField[] = [
    {
      name: "server",
      options: servers.map(({ slug, name }) => ({ value: slug, label: name, hint: slug })),
      custom: true,
    },
    { name: "tool", options: [], custom: true },
    { name: "member", options: members.map(({ id, name }) => ({ value: id, label: name })) },
    { name: "outcome", options: OUTCOME_OPTIONS },
    { name: "kind", options: KIND_OPTIONS },
  ];
  return fields.filter(({ name }) => name !== "member" || members.length > 0);
}
