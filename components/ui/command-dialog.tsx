"use client";

import { Command } from "cmdk";
import { Search } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";

interface CommandDialogProps {
  open: boolean;
  onOpenChange(open: boolean): void;
  /** Read out when it opens. */
  title: string;
  placeholder: string;
  search: string;
  onSearch(search: string): void;
  /** Said where nothing fits. */
  empty: ReactNode;
  /** Below the list, e.g. which keys work. */
  footer?: ReactNode;
  children: ReactNode;
}

/** A dialog that is one search box over a list of things to go to or do. */
export function CommandDialog({
  open,
  onOpenChange,
  title,
  placeholder,
  search,
  onSearch,
  ...rest
}: CommandDialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade-in bg-[oklch(0.15_0.02_265/0.45)] backdrop-blur-[2px]" />
        <Radix.Content
          aria-describedby={undefined}
          className="fixed inset-x-3 top-3 z-50 mx-auto max-h-[calc(100dvh-1.5rem)] max-w-xl animate-rise overflow-hidden rounded-2xl border bg-surface shadow-raised outline-none sm:top-[14vh] sm:max-h-[70vh]"
        >
          <Radix.Title className="sr-only">{title}</Radix.Title>
          <Command label={title} loop className="flex max-h-[inherit] flex-col">
            <div className="flex items-center gap-3 border-b px-4">
              <Search aria-hidden className="size-4 shrink-0 text-faint" />
              <Command.Input
                value={search}
                onValueChange={onSearch}
                placeholder={placeholder}
                maxLength={200}
                className="h-12 min-w-0 flex-1 bg-transparent text-[16px] outline-none placeholder:text-faint sm:text-[0.9375rem]"
              />
            </div>
            <Command.List label={title} className="min-h-0 flex-1 overflow-y-auto p-2">
              <Command.Empty className="px-3 py-8 text-center text-faint text-sm">{rest.empty}</Command.Empty>
              {rest.children}
            </Command.List>
          </Command>
          {rest.footer && (
            <div className="hidden items-center gap-4 border-t px-4 py-2 text-faint text-xs sm:flex">{rest.footer}</div>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Entries that belong together. */
export function CommandGroup({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={title}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2.5 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-faint [&_[cmdk-group-heading]]:text-xs"
    >
      {children}
    </Command.Group>
  );
}

interface CommandItemProps {
  /** Unique in the whole list. */
  value: string;
  /** What else it is found by. */
  keywords?: string[];
  icon?: ReactNode;
  /** Quieter text after the title. */
  hint?: ReactNode;
  /** At the right end, e.g. keys. */
  end?: ReactNode;
  onSelect(): void;
  children: ReactNode;
}

/** One thing to go to or do. */
export function CommandItem({ icon, hint, end, children, ...props }: CommandItemProps) {
  return (
    <Command.Item
      {...props}
      className="flex min-h-9 cursor-pointer items-center gap-2.5 rounded-lg px-2.5 py-1.5 text-sm data-[selected=true]:bg-muted [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-faint"
    >
      {icon}
      <span className="min-w-0 truncate">{children}</span>
      {hint && <span className="min-w-0 shrink-[3] truncate text-faint text-xs">{hint}</span>}
      {end && <span className="ml-auto flex shrink-0 gap-1">{end}</span>}
    </Command.Item>
  );
}
