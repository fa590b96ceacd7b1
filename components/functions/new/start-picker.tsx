import { FileCode2, FileJson2, type LucideIcon } from "lucide-react";
import { cn } from "@/components/ui/cn";
import type { TemplateView } from "@/lib/services/function/view";
import { templateIcon } from "../template-icons";

interface PickerProps {
  templates: TemplateView[];
  /** `blank`, `openapi` or a template's id. */
  value: string;
  onChange(value: string): void;
}

/** What to begin with: one of a few cards, as radio buttons. */
export function StartPicker({ templates, value, onChange }: PickerProps) {
  const option = (id: string, Icon: LucideIcon, title: string, text: string) => (
    <label
      key={id}
      className={cn(
        "flex cursor-pointer items-start gap-3 rounded-xl border bg-surface p-3.5 text-sm transition-colors has-focus-visible:outline-2 has-focus-visible:outline-accent-text has-focus-visible:outline-offset-2",
        value === id ? "border-accent bg-accent-soft" : "hover:bg-muted",
      )}
    >
      <input type="radio" name="start" className="sr-only" checked={value === id} onChange={() => onChange(id)} />
      <Icon aria-hidden className={cn("mt-0.5 size-4 shrink-0", value === id ? "text-accent-text" : "text-faint")} />
      <span>
        <span className="font-medium">{title}</span>
        <span className="block text-faint text-xs leading-5">{text}</span>
      </span>
    </label>
  );
  return (
    <fieldset>
      <legend className="mb-2.5 font-medium text-sm">Start from</legend>
      <div className="grid gap-2.5 sm:grid-cols-2 lg:grid-cols-3">
        {option("blank", FileCode2, "Blank", "A small working tool to write over")}
        {option("openapi", FileJson2, "OpenAPI import", "Operations of an API you have a document for")}
        {templates.map(({ id, title, description }) => option(id, templateIcon(id), title, description))}
      </div>
    </fieldset>
  );
}
