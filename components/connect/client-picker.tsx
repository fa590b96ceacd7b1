"use client";

import { Search } from "lucide-react";
import { useState } from "react";
import { BrandIcon } from "@/components/ui/brand-icon";
import { cn } from "@/components/ui/cn";
import { Input } from "@/components/ui/input";
import { type Client, GROUP_TITLES, GROUPS } from "./client";
import { CLIENTS } from "./clients";

/** Which client to connect, by group; arrow keys move, as among radio buttons. */
export function ClientPicker({ selected, onSelect }: { selected: string; onSelect(id: string): void }) {
  const [query, setQuery] = useState("");
  const wanted = query.trim().toLowerCase();
  const fits = ({ name, also = [] }: Client) =>
    [name, ...also].some((text) => text.toLowerCase().includes(wanted)) || wanted === "";
  const groups = GROUPS.map((group) => ({
    group,
    clients: CLIENTS.filter((client) => client.group === group && fits(client)),
  })).filter(({ clients }) => clients.length > 0);
  return (
    <fieldset className="grid min-w-0 gap-4">
      <legend className="sr-only">Client</legend>
      <div className="relative max-w-sm">
        <Search aria-hidden className="absolute top-2.5 left-3 size-4 text-faint" />
        <Input
          type="search"
          aria-label="Find a client"
          placeholder="Find a client"
          className="pl-9"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
      </div>
      {groups.map(({ group, clients }) => (
        <div key={group} className="grid gap-2">
          <h2 className="text-faint text-xs">{GROUP_TITLES[group]}</h2>
          <div className="grid grid-cols-2 gap-2 md:grid-cols-3 2xl:grid-cols-4">
            {clients.map((client) => (
              <Tile key={client.id} client={client} selected={client.id === selected} onSelect={onSelect} />
            ))}
          </div>
        </div>
      ))}
      {groups.length === 0 && (
        <p className="text-soft text-sm">
          No client of this name is known here. Choose{" "}
          <button
            type="button"
            className="rounded text-accent-text underline underline-offset-4"
            onClick={() => {
              setQuery("");
              onSelect("mcp-remote");
            }}
          >
            any other client
          </button>
          : whatever speaks MCP can connect.
        </p>
      )}
    </fieldset>
  );
}

function Tile({ client, selected, onSelect }: { client: Client; selected: boolean; onSelect(id: string): void }) {
  return (
    <label
      className={cn(
        "flex min-w-0 cursor-pointer items-center gap-2.5 rounded-xl border px-3 py-2.5 shadow-card has-focus-visible:outline-2 has-focus-visible:outline-accent-text has-focus-visible:outline-offset-2",
        selected ? "border-accent bg-accent-soft" : "bg-surface hover:border-line-strong",
      )}
    >
      <input type="radio" name="client" className="sr-only" checked={selected} onChange={() => onSelect(client.id)} />
      <BrandIcon icon={client.icon} name={client.name} className="size-7 rounded-md text-[0.625rem]" />
      <span className="min-w-0 break-words font-medium text-[0.8125rem] leading-tight">{client.name}</span>
    </label>
  );
}
