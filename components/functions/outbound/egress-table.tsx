import { Badge } from "@/components/ui/badge";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { formatDuration } from "@/lib/format";
import type { EgressView } from "@/lib/services/function/view";
import { verdictOf } from "./verdicts";

/** Outbound requests, newest first. */
export function EgressTable({ requests, onCall }: { requests: EgressView[]; onCall(call: string): void }) {
  return (
    <Table label="Outbound requests, newest first">
      <thead>
        <tr>
          <Th aria-sort="descending">Time</Th>
          <Th>For</Th>
          <Th>Request</Th>
          <Th>Answer</Th>
          <Th className="text-right">Took</Th>
        </tr>
      </thead>
      <tbody>
        {requests.map((request) => {
          const { label, meaning } = verdictOf(request.verdict);
          return (
            <Tr key={request.id}>
              <Td className="whitespace-nowrap text-soft">
                <Time at={request.time} />
              </Td>
              <Td className="max-w-44">
                {request.call ? (
                  <button
                    type="button"
                    title={`Only this call: ${request.call}`}
                    className="block max-w-full truncate rounded underline decoration-line-strong underline-offset-4"
                    onClick={() => onCall(request.call ?? "")}
                  >
                    {request.member ?? "nobody"}
                  </button>
                ) : (
                  <span className="text-faint">{request.member ?? "a trial"}</span>
                )}
              </Td>
              <Td className="min-w-64 max-w-96">
                <span className="block truncate font-mono text-xs leading-5" title={`${request.host}${request.path}`}>
                  <span className="text-faint">{request.method}</span> {request.host}
                  <span className="text-soft">{request.path}</span>
                </span>
              </Td>
              <Td className="whitespace-nowrap" title={meaning}>
                {request.verdict === "ok" ? (
                  <span className={request.status >= 400 ? "text-warn tabular-nums" : "tabular-nums"}>
                    {request.status}
                  </span>
                ) : (
                  <Badge tone="bad">{label}</Badge>
                )}
              </Td>
              <Td className="whitespace-nowrap text-right text-soft tabular-nums">{formatDuration(request.ms)}</Td>
            </Tr>
          );
        })}
      </tbody>
    </Table>
  );
}
