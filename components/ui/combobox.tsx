"use client";

import { Command } from "cmdk";
import { Check, ChevronDown } from "lucide-react";
import { useState } from "react";
import { cn } from "./cn";
import { useFieldAttributes } from "./field";
import { Popover } from "./popover";

export interface ComboboxOption {
  value: string;
  label: string;
  /** A second, quieter text that is searched too. */
  hint?: string;
}

interface ComboboxProps {
  /** Names it for screen readers, and stands on it as long as nothing is chosen (unless `all` is given). */
  label: string;
  value: string | null;
  options: readonly ComboboxOption[];
  /** null: nothing chosen any more. */
  onChange(value: string | null): void;
  /** Text that stands for no choice. */
  all?: string;
  /** Takes what was typed where no option fits, e.g. the name of a tool that is gone. */
  custom?: boolean;
  className?: string;
}

/** A select with a search box, for lists that are too long to read. */
export function Combobox({ label, value, options, onChange, all = label, custom, className }: ComboboxProps) {
  const [open, setOpen] = useState(false);
  const [search, setSearch] = useState("");
  const field = useFieldAttributes();
  const chosen = options.find((option) => option.value === value);
  function pick(next: string | null) {
    onChange(next);
    change(false);
  }
  function change(next: boolean) {
    setSearch("");
    setOpen(next);
  }
  const typed = search.trim();
  return (
    <Popover
      label={label}
      open={open}
      onOpenChange={change}
      className="w-72"
      trigger={
        <button
          type="button"
          {...field}
          aria-haspopup="dialog"
          aria-label={`${label}: ${chosen?.label ?? value ?? all}`}
          className={cn(
            "flex h-9 min-w-0 items-center gap-2 rounded-lg border border-field bg-surface pr-2.5 pl-3 text-left text-sm shadow-card hover:border-faint",
            value && "border-accent-text/60",
            className,
          )}
        >
          <span className="min-w-0 flex-1 truncate">{chosen?.label ?? value ?? all}</span>
          <ChevronDown aria-hidden className="size-4 shrink-0 text-faint" />
        </button>
      }
    >
      <Command label={label} className="[&_[cmdk-list-sizer]]:p-1.5">
        <Command.Input
          value={search}
          onValueChange={setSearch}
          placeholder={custom ? "Search or type a name" : "Search"}
          maxLength={200}
          className="h-10 w-full border-b bg-transparent px-3.5 text-[16px] outline-none placeholder:text-faint sm:text-sm"
        />
        <Command.List label={label} className="max-h-72 overflow-y-auto">
          {!typed && (
            <Item value="all" onSelect={() => pick(null)} selected={value === null}>
              {all}
            </Item>
          )}
          {options.map((option) => (
            <Item
              key={option.value}
              value={option.value}
              keywords={[option.label, option.hint ?? ""]}
              onSelect={() => pick(option.value)}
              selected={option.value === value}
            >
              <span className="min-w-0 truncate">{option.label}</span>
              {option.hint && <span className="min-w-0 shrink-[2] truncate text-faint text-xs">{option.hint}</span>}
            </Item>
          ))}
          {custom && typed && !options.some((option) => option.value === typed) && (
            <Command.Item forceMount value={`typed:${typed}`} onSelect={() => pick(typed)} className={ITEM}>
              Use <span className="min-w-0 truncate font-mono text-[0.8125rem]">{typed}</span>
            </Command.Item>
          )}
          {!custom && (
            <Command.Empty className="px-3 py-6 text-center text-faint text-sm">Nothing fits “{typed}”</Command.Empty>
          )}
        </Command.List>
      </Command>
    </Popover>
  );
}

const ITEM =
  "flex min-h-8 cursor-pointer items-center gap-2 rounded-lg px-2.5 py-1.5 text-sm data-[selected=true]:bg-muted";

function Item({
  selected,
  children,
  ...props
}: {
  value: string;
  keywords?: string[];
  selected: boolean;
  onSelect(): void;
  children: React.ReactNode;
}) {
  return (
    <Command.Item className={ITEM} {...props}>
      {children}
      {selected && <Check aria-label="chosen" className="ml-auto size-4 shrink-0 text-accent-text" />}
    </Command.Item>
  );
}
