import { Monogram } from "@/components/ui/monogram";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { formatDuration } from "@/lib/format";
import type { CallView } from "@/lib/services/call/view";
import { OutcomeBadge } from "./outcome";

interface CallTableProps {
  calls: CallView[];
  /** Opens the details of a row; without it the rows are plain. */
  onOpen?(call: CallView): void;
}

/** Calls, newest first. The tool's name is the button, so rows open by keyboard too. */
export function CallTable({ calls, onOpen }: CallTableProps) {
  return (
    <Table label="Calls, newest first">
      <thead>
        <tr>
          <Th aria-sort="descending">Time</Th>
          <Th>Who</Th>
          <Th>Server</Th>
          <Th>Tool</Th>
          <Th>Outcome</Th>
          <Th className="text-right">Duration</Th>
        </tr>
      </thead>
      <tbody>
        {calls.map((call) => (
          <Tr
            key={call.id}
            className={onOpen && "cursor-pointer hover:bg-muted/60"}
            onClick={onOpen && (() => onOpen(call))}
          >
            <Td className="whitespace-nowrap text-soft">
              <Time at={call.time} />
            </Td>
            <Td>
              <span className="flex items-center gap-2.5 whitespace-nowrap">
                <Monogram name={call.actor} round className="size-6 text-[0.5625rem]" />
                <span className="max-w-44 truncate">{call.actor}</span>
              </span>
            </Td>
            <Td className="max-w-40 truncate text-soft">{call.server || "–"}</Td>
            <Td className="max-w-72">
              {onOpen ? (
                <button
                  type="button"
                  className="block max-w-full truncate rounded font-mono text-[0.8125rem]"
                  onClick={(event) => {
                    event.stopPropagation();
                    onOpen(call);
                  }}
                >
                  {call.tool}
                </button>
              ) : (
                <span className="block truncate font-mono text-[0.8125rem]">{call.tool}</span>
              )}
            </Td>
            <Td>
              <OutcomeBadge outcome={call.outcome} />
            </Td>
            <Td className="whitespace-nowrap text-right text-soft tabular-nums">{formatDuration(call.durationMs)}</Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
