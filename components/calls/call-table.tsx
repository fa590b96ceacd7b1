import Link from "next/link";
import { cn } from "@/components/ui/cn";
import { Monogram } from "@/components/ui/monogram";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { useRowKeys } from "@/components/ui/use-row-keys";
import { formatDuration } from "@/lib/format";
import { paths } from "@/lib/paths";
import type { CallView } from "@/lib/services/call/view";
import { OutcomeBadge } from "./outcome";

interface CallTableProps {
  calls: CallView[];
  /** Opens the details of a row; without it (and `slug`) the rows are plain. */
  onOpen?(call: CallView): void;
  /** Of the workspace: the tool's name then leads to the call's own link. */
  slug?: string;
  /** j, k, Enter and so on, where the page has them. */
  keys?: ReturnType<typeof useRowKeys>;
  /** Id of the newest call that was there from the start: newer ones come in softly. */
  since?: string;
  /** Id of the call that is open beside the list. */
  current?: string | null;
}

/** Calls, newest first. The tool's name is the button or link, so rows open by keyboard too. */
export function CallTable({ calls, onOpen, slug, keys, since, current }: CallTableProps) {
  return (
    <Table label="Calls, newest first">
      <thead>
        <tr>
          <Th aria-sort="descending">Time</Th>
          <Th className="hidden md:table-cell">Who</Th>
          <Th className="hidden md:table-cell">Server</Th>
          <Th>Tool</Th>
          <Th>Outcome</Th>
          <Th className="hidden text-right sm:table-cell">Duration</Th>
        </tr>
      </thead>
      <tbody {...keys?.body}>
        {calls.map((call, index) => (
          <Tr
            key={call.id}
            {...keys?.row(index)}
            aria-current={call.id === current || undefined}
            className={cn(
              onOpen && "cursor-pointer hover:bg-muted/60",
              since !== undefined && call.id > since && "animate-arrive",
              call.id === current && "bg-muted",
            )}
            onClick={onOpen && (() => onOpen(call))}
          >
            <Td className="whitespace-nowrap text-soft">
              <Time at={call.time} />
            </Td>
            <Td className="hidden md:table-cell">
              <span className="flex items-center gap-2.5 whitespace-nowrap">
                <Monogram name={call.actor} round className="size-6 text-[0.5625rem]" />
                <span className="max-w-44 truncate">{call.actor}</span>
              </span>
            </Td>
            <Td className="hidden max-w-40 truncate text-soft md:table-cell">{call.server || "–"}</Td>
            <Td className="max-w-36 sm:max-w-72">
              <ToolName call={call} onOpen={onOpen} slug={slug} />
              <span className="block truncate text-faint text-xs md:hidden">{call.actor}</span>
            </Td>
            <Td>
              <OutcomeBadge outcome={call.outcome} />
            </Td>
            <Td className="hidden whitespace-nowrap text-right text-soft tabular-nums sm:table-cell">
              {formatDuration(call.durationMs)}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function ToolName({ call, onOpen, slug }: Pick<CallTableProps, "onOpen" | "slug"> & { call: CallView }) {
  const looks = "block max-w-full truncate rounded font-mono text-[0.8125rem]";
  if (onOpen)
    return (
      <button
        type="button"
        className={cn(looks, "min-h-6")}
        onClick={(event) => {
          event.stopPropagation();
          onOpen(call);
        }}
      >
        {call.tool}
      </button>
    );
  return slug ? (
    <Link href={paths.call(slug, call.id)} className={cn(looks, "hover:underline")}>
      {call.tool}
    </Link>
  ) : (
    <span className={looks}>{call.tool}</span>
  );
}
