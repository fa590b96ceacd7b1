"use client";

import { ShieldX } from "lucide-react";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { useRowKeys } from "@/components/ui/use-row-keys";
import type { AuditView } from "@/lib/services/audit/view";
import { Actor, isFailure } from "./actor";

interface ListProps {
  events: AuditView[];
  onOpen(event: AuditView): void;
}

/** Changes, newest first; a row opens its before and after. */
export function AuditList({ events, onOpen }: ListProps) {
  const keys = useRowKeys({ onOpen: (index) => events[index] && onOpen(events[index]) });
  return (
    <Table label="Changes, newest first">
      <thead>
        <tr>
          <Th aria-sort="descending">Time</Th>
          <Th>Action</Th>
          <Th className="hidden sm:table-cell">What</Th>
          <Th className="hidden md:table-cell">Who</Th>
          <Th className="hidden text-right lg:table-cell">No.</Th>
        </tr>
      </thead>
      <tbody {...keys.body}>
        {events.map((event, index) => (
          <Tr
            key={event.id}
            {...keys.row(index)}
            className="cursor-pointer hover:bg-muted/60"
            onClick={() => onOpen(event)}
          >
            <Td className="h-11 whitespace-nowrap text-soft">
              <Time at={event.time} />
            </Td>
            <Td className="h-11 max-w-52">
              <button
                type="button"
                className="flex min-h-6 max-w-full items-center gap-1.5 rounded font-mono text-[0.8125rem]"
                onClick={(click) => {
                  click.stopPropagation();
                  onOpen(event);
                }}
              >
                {isFailure(event.action) && <ShieldX aria-label="failed" className="size-4 shrink-0 text-bad" />}
                <span className="truncate">{event.action}</span>
              </button>
              <span className="block truncate text-faint text-xs sm:hidden">{event.targetName}</span>
            </Td>
            <Td className="hidden h-11 max-w-64 truncate sm:table-cell">
              {event.targetName} <span className="text-faint text-xs">{event.targetType}</span>
            </Td>
            <Td className="hidden h-11 max-w-56 md:table-cell">
              <Actor event={event} />
            </Td>
            <Td className="hidden h-11 text-right text-faint tabular-nums lg:table-cell">{event.seq ?? "–"}</Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
