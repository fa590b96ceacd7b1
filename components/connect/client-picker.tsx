"use client";

import { cn } from "@/components/ui/cn";
import { CLIENTS } from "./clients";

/** Which client to connect; arrow keys move, as among radio buttons. */
export function ClientPicker({ selected, onSelect }: { selected: string; onSelect(id: string): void }) {
  return (
    <fieldset className="grid grid-cols-2 gap-2 sm:grid-cols-3">
      <legend className="sr-only">Client</legend>
      {CLIENTS.map((client) => (
        <label
          key={client.id}
          className={cn(
            "cursor-pointer rounded-xl border px-4 py-3 shadow-card has-focus-visible:outline-2 has-focus-visible:outline-accent-text has-focus-visible:outline-offset-2",
            client.id === selected ? "border-accent bg-accent-soft" : "bg-surface hover:border-line-strong",
          )}
        >
          <input
            type="radio"
            name="client"
            className="sr-only"
            checked={client.id === selected}
            onChange={() => onSelect(client.id)}
          />
          <span className="block font-medium text-sm">{client.name}</span>
          <span className="text-faint text-xs">{client.kind}</span>
        </label>
      ))}
    </fieldset>
  );
}
