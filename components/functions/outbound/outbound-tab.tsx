"use client";

import { ArrowUpRight, RefreshCw, X } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Select } from "@/components/ui/input";
import { Skeleton } from "@/components/ui/skeleton";
import type { Action } from "@/lib/action-state";
import type { ListEgressInput } from "@/lib/services/function/schemas";
import type { EgressPage } from "@/lib/services/function/view";
import { EgressTable } from "./egress-table";
import { useEgress } from "./use-egress";
import { VERDICTS, verdictOf } from "./verdicts";

interface OutboundProps {
  function: string;
  /** Only those of this call; "" for all. */
  call: string;
  members: { id: string; name: string }[];
  onList: Action<ListEgressInput, EgressPage>;
  onCall(call: string): void;
}

/** Which hosts a function reached for whom: no value, no query, no body. */
export function OutboundTab({ function: name, call, members, onList, onCall }: OutboundProps) {
  const [member, setMember] = useState("");
  const [verdict, setVerdict] = useState("");
  const { requests, fault, loading, hasOlder, refresh, older } = useEgress(
    { function: name, ...(call && { call }), ...(member && { member }), ...(verdict && { verdict }) },
    onList,
  );
  const filtered = call !== "" || member !== "" || verdict !== "";
  return (
    <div className="grid grid-cols-1 gap-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div className="flex flex-wrap items-center gap-2">
          <Select
            aria-label="Member"
            className="w-40"
            value={member}
            onChange={(event) => setMember(event.target.value)}
          >
            <option value="">All members</option>
            {members.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
          <Select
            aria-label="Answer"
            className="w-44"
            value={verdict}
            onChange={(event) => setVerdict(event.target.value)}
          >
            <option value="">All answers</option>
            {Object.keys(VERDICTS).map((word) => (
              <option key={word} value={word}>
                {verdictOf(word).label}
              </option>
            ))}
          </Select>
          {call && (
            <Button variant="secondary" size="sm" title={call} onClick={() => onCall("")}>
              One call only <X aria-label="Show all calls" />
            </Button>
          )}
        </div>
        <Button variant="secondary" pending={loading} onClick={refresh}>
          {!loading && <RefreshCw aria-hidden />} Refresh
        </Button>
      </div>
      {fault && <Callout tone="bad">{fault}</Callout>}
      <Card>
        {requests === null ? (
          <Skeleton className="m-5 h-40" />
        ) : requests.length === 0 ? (
          <EmptyState icon={ArrowUpRight} title={filtered ? "No request fits" : "No outbound request yet"}>
            {filtered
              ? "Clear a filter above to see more. A new request takes up to a second to appear."
              : "Each fetch of this function is noted here with the member it was made for, also those that were turned away. Values, queries and bodies are not."}
          </EmptyState>
        ) : (
          <EgressTable requests={requests} onCall={onCall} />
        )}
        {hasOlder && (
          <div className="flex justify-center border-t p-3">
            <Button variant="ghost" size="sm" pending={loading} onClick={older}>
              Load older requests
            </Button>
          </div>
        )}
      </Card>
      <p className="text-faint text-xs leading-5">
        Kept for 30 days. Paths are as the code wrote them, with placeholders.
      </p>
    </div>
  );
}
