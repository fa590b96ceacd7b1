"use client";

import Link from "next/link";
import { Sparkline } from "@/components/charts/sparkline";
import { type Column, TwinTable } from "@/components/charts/twin-table";
import { Badge } from "@/components/ui/badge";
import { Card, CardHeader } from "@/components/ui/card";
import { Monogram } from "@/components/ui/monogram";
import { Time } from "@/components/ui/time";
import { formatCount, plural } from "@/lib/format";
import { paths } from "@/lib/paths";
import type { TopMembersView, TopMemberView } from "@/lib/services/analytics/view";
import { type ChartPlace, useDrill } from "./use-drill";
import { formatShare } from "./words";

/** Who calls most; a table from the start. */
export function TopMembers({ view, ...place }: ChartPlace & { view: TopMembersView }) {
  const { slug } = place;
  const drill = useDrill(place);
  const columns: Column<TopMemberView>[] = [
    {
      key: "name",
      title: "Member",
      value: ({ name }) => name,
      show: (member) => <Name slug={slug} member={member} />,
      total: view.rest.count > 0 ? `Together, with ${plural(view.rest.count, "more member")}` : "Together",
    },
    {
      key: "calls",
      title: "Calls",
      numeric: true,
      value: ({ calls }) => calls,
      show: ({ memberId, calls }) => (
        <Link
          href={drill.callsHref({ member: memberId })}
          className="rounded text-accent-text hover:underline hover:underline-offset-4"
        >
          {formatCount(calls)}
        </Link>
      ),
      total: formatCount(view.total),
    },
    {
      key: "spark",
      title: "Over time",
      sorts: false,
      value: () => null,
      show: ({ name, spark }) => (
        <Sparkline
          values={coarse(spark)}
          label={`Calls of ${name} over time, at most ${formatCount(Math.max(...spark, 0))} a step`}
        />
      ),
    },
    {
      key: "errors",
      title: "Errors",
      numeric: true,
      value: ({ errors, calls }) => errors / calls,
      show: ({ errors, calls }) => formatShare(errors / calls),
    },
    { key: "tools", title: "Tools", numeric: true, value: ({ tools }) => tools },
    {
      key: "last",
      title: "Last seen",
      value: ({ lastAt }) => Date.parse(lastAt),
      show: ({ lastAt }) => <Time at={lastAt} className="text-soft" />,
    },
  ];
  return (
    <Card className="min-w-0" aria-label="Top members">
      <CardHeader title="Top members" description="Press a name for everything about one of them." />
      <div className="border-t">
        {view.members.length === 0 ? (
          <p className="px-5 py-10 text-center text-faint text-sm">No calls in this range</p>
        ) : (
          <TwinTable
            label="Top members"
            rows={view.members}
            rowKey={({ memberId }) => memberId}
            sort={{ by: "calls", direction: "descending" }}
            columns={columns}
            className="max-h-[44rem]"
          />
        )}
      </div>
    </Card>
  );
}

/** At most some 28 points, which is what a word's width shows: neighbours are added up. */
function coarse(values: number[]): number[] {
  const width = Math.ceil(values.length / 28);
  return Array.from({ length: Math.ceil(values.length / width) }, (_, at) =>
    values.slice(at * width, (at + 1) * width).reduce((sum, value) => sum + value, 0),
  );
}

function Name({ slug, member: { memberId, name, gone } }: { slug: string; member: TopMemberView }) {
  return (
    <span className="flex items-center gap-2.5">
      <Monogram name={name} round className="size-6 text-[0.5625rem]" />
      {gone ? (
        <>
          <span className="max-w-48 truncate">{name}</span>
          <Badge>left</Badge>
        </>
      ) : (
        <Link href={paths.member(slug, memberId)} className="max-w-48 truncate rounded font-medium hover:underline">
          {name}
        </Link>
      )}
    </span>
  );
}
