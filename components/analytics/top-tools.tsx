"use client";

import Link from "next/link";
import { BarList } from "@/components/charts/bar-list";
import { ChartCard } from "@/components/charts/chart-card";
import { TwinTable } from "@/components/charts/twin-table";
import { formatCount, formatDuration, plural } from "@/lib/format";
import type { TopToolsView, TopToolView } from "@/lib/services/analytics/view";
import { type ChartPlace, useDrill } from "./use-drill";
import { formatShare } from "./words";

const SHOWN = 10;
const COUNT_LINK = "rounded text-ink hover:underline hover:underline-offset-4";

/** Most called tools; a press on a bar filters, its figure leads to the calls. `title`: for a few of them, elsewhere. */
export function TopTools({ view, title, ...place }: ChartPlace & { view: TopToolsView; title?: string }) {
  const drill = useDrill(place);
  const href = ({ server, tool }: TopToolView) => drill.callsHref({ server, tool });
  const brief = title !== undefined;
  const timed = !brief && view.tools.some(({ p95 }) => p95 !== null);
  const hidden = Math.max(0, view.tools.length - SHOWN) + view.rest.count;
  return (
    <ChartCard
      title={title ?? "Top tools"}
      description={brief ? undefined : `${plural(view.tools.length + view.rest.count, "tool")} called`}
      chart={
        view.tools.length === 0 ? (
          <p className="px-5 pt-6 pb-10 text-center text-faint text-sm">No calls in this range</p>
        ) : (
          <BarList
            label="Tools by calls"
            heads={["Tool", "Calls", ...(brief ? [] : ["Errors"]), ...(timed ? ["p95"] : [])]}
            rows={view.tools.slice(0, SHOWN).map((one) => {
              const patch = { server: one.server, tool: one.tool };
              return {
                key: one.qualifiedName,
                name: one.qualifiedName,
                label: <ToolName tool={one} />,
                value: one.calls,
                picked: drill.isOn(patch),
                onPick: one.server ? () => drill.toggle(patch) : undefined,
                cells: [
                  <Link key="calls" href={href(one)} className={COUNT_LINK}>
                    {formatCount(one.calls)}
                  </Link>,
                  ...(brief ? [] : [formatShare(one.errors / one.calls)]),
                  ...(timed ? [formatDuration(one.p95)] : []),
                ],
              };
            })}
          />
        )
      }
      table={
        <TwinTable
          label="Top tools"
          rows={view.tools}
          rowKey={({ qualifiedName }) => qualifiedName}
          sort={{ by: "calls", direction: "descending" }}
          columns={[
            {
              key: "tool",
              title: "Tool",
              value: ({ qualifiedName }) => qualifiedName,
              show: (one) => (
                <Link href={href(one)} className="rounded font-mono text-[0.8125rem] text-accent-text hover:underline">
                  {one.qualifiedName}
                </Link>
              ),
              total: view.rest.count > 0 ? `Together, with ${plural(view.rest.count, "more tool")}` : "Together",
            },
            {
              key: "calls",
              title: "Calls",
              numeric: true,
              value: ({ calls }) => calls,
              total: formatCount(view.total),
            },
            {
              key: "errors",
              title: "Errors",
              numeric: true,
              value: ({ errors }) => errors,
              total: formatCount(view.tools.reduce((sum, { errors }) => sum + errors, view.rest.errors)),
            },
            {
              key: "rate",
              title: "Error rate",
              numeric: true,
              value: ({ errors, calls }) => errors / calls,
              show: ({ errors, calls }) => formatShare(errors / calls),
            },
            {
              key: "p95",
              title: "p95",
              numeric: true,
              value: ({ p95 }) => p95,
              show: ({ p95 }) => formatDuration(p95),
            },
          ]}
        />
      }
      note={hidden > 0 ? `${plural(hidden, "more tool")} in the table.` : undefined}
    />
  );
}

function ToolName({ tool: { server, tool } }: { tool: TopToolView }) {
  return (
    <span className="font-mono text-[0.8125rem]">
      {server && <span className="text-soft">{server}__</span>}
      {tool}
    </span>
  );
}
