"use client";

import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { type Sort, SortTh } from "@/components/ui/sort-th";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Tabs } from "@/components/ui/tabs";
import { Time } from "@/components/ui/time";
import { useRowKeys } from "@/components/ui/use-row-keys";

const ROWS = [
  { tool: "github__create_issue", calls: 412 },
  { tool: "linear__list_tickets", calls: 96 },
  { tool: "warehouse__run_query", calls: 1204 },
];

export function Lists({ theme }: { theme: string }) {
  const [sort, setSort] = useState<Sort<"tool" | "calls">>({ by: "calls", direction: "descending" });
  const keys = useRowKeys();
  const sign = sort.direction === "ascending" ? 1 : -1;
  const rows = ROWS.toSorted((a, b) => sign * (sort.by === "calls" ? a.calls - b.calls : a.tool.localeCompare(b.tool)));
  return (
    <>
      <Breadcrumbs
        label={`${theme} breadcrumb`}
        trail={[
          { title: "Servers", href: "/w" },
          { title: "GitHub", href: "/w#github" },
        ]}
      />
      <Tabs
        label="Tabs"
        tabs={[
          { value: "tools", title: "Tools", content: <p className="text-soft text-sm">What it can do</p> },
          { value: "settings", title: "Settings", content: <p className="text-soft text-sm">How it is set</p> },
        ]}
      />
      <Table label="Tools by calls">
        <thead>
          <tr>
            <SortTh by="tool" sort={sort} onSort={setSort} start="ascending">
              Tool
            </SortTh>
            <Th>State</Th>
            <Th>Seen</Th>
            <SortTh by="calls" sort={sort} onSort={setSort} className="text-right">
              Calls
            </SortTh>
          </tr>
        </thead>
        <tbody {...keys.body}>
          {rows.map(({ tool, calls }, index) => (
            <Tr key={tool} {...keys.row(index)}>
              <Td className="font-mono text-[0.8125rem]">{tool}</Td>
              <Td>
                <Badge tone="good">on</Badge>
              </Td>
              <Td className="text-soft">
                <Time at="2026-11-24T08:00:00Z" />
              </Td>
              <Td className="text-right tabular-nums">{calls}</Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </>
  );
}
