"use client";

import { cn } from "@/components/ui/cn";
import { type Client, WAYS, type Way } from "./client";

interface WayPickerProps {
  client: Client;
  selected: Way;
  onSelect(way: Way): void;
}

const KEPT = {
  environment: "Token in a variable",
  prompt: "Token when asked",
  secrets: "Token among its secrets",
};

/** How the client proves who it works for; shown where it can do more than one. */
export function WayPicker({ client, selected, onSelect }: WayPickerProps) {
  if (client.ways.length < 2) return null;
  return (
    <fieldset className="flex w-fit max-w-full flex-wrap rounded-lg border bg-muted p-1">
      <legend className="sr-only">How the client signs in</legend>
      {client.ways.map((way) => (
        <label
          key={way}
          className={cn(
            "cursor-pointer rounded-md px-3 py-1.5 text-sm has-focus-visible:outline-2 has-focus-visible:outline-accent-text",
            way === selected ? "bg-surface font-medium text-ink shadow-card" : "text-soft hover:text-ink",
          )}
        >
          <input
            type="radio"
            name="way"
            className="sr-only"
            checked={way === selected}
            onChange={() => onSelect(way)}
          />
          {way === "variable" && client.variable ? KEPT[client.variable.kept] : WAYS[way]}
        </label>
      ))}
    </fieldset>
  );
}
