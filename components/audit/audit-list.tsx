"use client";

import { Cog, KeyRound } from "lucide-react";
import { useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { AuditView } from "@/lib/services/audit/view";
import { AuditDetails } from "./audit-details";

/** Changes, newest first; a row opens its before and after. */
export function AuditList({ events }: { events: AuditView[] }) {
  const [open, setOpen] = useState<AuditView | null>(null);
  return (
    <>
      <Table label="Changes, newest first">
        <thead>
          <tr>
            <Th aria-sort="descending">Time</Th>
            <Th>Action</Th>
            <Th>What</Th>
            <Th>Who</Th>
            <Th className="text-right">No.</Th>
          </tr>
        </thead>
        <tbody>
          {events.map((event) => (
            <Tr key={event.id} className="cursor-pointer hover:bg-muted/60" onClick={() => setOpen(event)}>
              <Td className="h-11 whitespace-nowrap text-soft">
                <Time at={event.time} />
              </Td>
              <Td className="h-11 whitespace-nowrap">
                <button
                  type="button"
                  className="rounded font-mono text-[0.8125rem]"
                  onClick={(click) => {
                    click.stopPropagation();
                    setOpen(event);
                  }}
                >
                  {event.action}
                </button>
              </Td>
              <Td className="h-11 max-w-64 truncate">
                {event.targetName} <span className="text-faint text-xs">{event.targetType}</span>
              </Td>
              <Td className="h-11 max-w-56">
                <Actor event={event} />
              </Td>
              <Td className="h-11 text-right text-faint tabular-nums">{event.seq ?? "–"}</Td>
            </Tr>
          ))}
        </tbody>
      </Table>
      <Dialog open={open !== null} onOpenChange={(next) => !next && setOpen(null)} title="Change" kind="drawer">
        {open && <AuditDetails event={open} />}
      </Dialog>
    </>
  );
}

function Actor({ event: { actorType, actorEmail, actorId } }: { event: AuditView }) {
  if (actorType === "system")
    return (
      <span className="flex items-center gap-2 text-soft">
        <Cog aria-hidden className="size-4 text-faint" /> Aerostack
      </span>
    );
  return (
    <span className="flex items-center gap-2">
      <span className="truncate">{actorEmail ?? actorId}</span>
      {actorType === "api_key" && <KeyRound aria-label="by API key" className="size-3.5 shrink-0 text-faint" />}
    </span>
  );
}
