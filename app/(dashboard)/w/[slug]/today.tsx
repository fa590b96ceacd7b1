import { ShieldCheck } from "lucide-react";
import Link from "next/link";
import { ChangeNote } from "@/components/analytics/kpi-row";
import { countChange, formatShare } from "@/components/analytics/words";
import { Card, CardHeader } from "@/components/ui/card";
import { Time } from "@/components/ui/time";
import { KpiTile } from "@/components/workspace/kpi-tile";
import { formatCount, plural } from "@/lib/format";
import { paths } from "@/lib/paths";
import type { CallView } from "@/lib/services/call/view";
import type { OverviewView } from "@/lib/services/workspace/view";

/** The last hours against a week ago, when people did the same things. Members see their own. */
export function TodayFigures({ own, overview }: { own: boolean; overview: OverviewView }) {
  const { calls, servers, tools, activeMembers, members } = overview;
  return (
    <div className="grid grid-cols-2 gap-4 lg:grid-cols-4">
      <KpiTile
        label="Calls today (UTC)"
        value={formatCount(calls.today)}
        note={
          <ChangeNote
            change={countChange({ now: calls.today, before: calls.sameDayLastWeek }, "the same day last week")}
          />
        }
      />
      <KpiTile
        label="Error rate, last 24 h"
        value={formatShare(calls.last24h === 0 ? null : calls.failed24h / calls.last24h)}
        note={`${formatCount(calls.failed24h)} of ${plural(calls.last24h, "call")}`}
      />
      {own ? (
        <KpiTile label="Tools you can use" value={formatCount(tools.enabled)} note="through one URL" />
      ) : (
        <KpiTile
          label="Active members, last 24 h"
          value={formatCount(activeMembers)}
          note={`of ${formatCount(members)}`}
        />
      )}
      <KpiTile
        label="Servers up"
        value={`${servers.up} of ${servers.enabled}`}
        note={servers.up < servers.enabled ? "Some need a look" : `${plural(tools.enabled, "tool")} on`}
      />
    </div>
  );
}

/** The newest calls that were turned away. */
export function RecentRefusals({ slug, calls }: { slug: string; calls: CallView[] }) {
  return (
    <Card className="min-w-0">
      <CardHeader
        title="Recent refusals"
        action={
          calls.length > 0 && (
            <Link
              href={`${paths.calls(slug)}?outcome=denied`}
              className="rounded text-accent-text text-sm hover:underline hover:underline-offset-4"
            >
              All refusals
            </Link>
          )
        }
      />
      {calls.length === 0 ? (
        <p className="flex items-center gap-2.5 border-t px-5 py-4 text-faint text-sm">
          <ShieldCheck aria-hidden className="size-4 shrink-0" /> Nothing was refused yet
        </p>
      ) : (
        <ul className="border-t">
          {calls.map((call) => (
            <Refusal key={call.id} call={call} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function Refusal({ call: { qualifiedName, actor, errorClass, time } }: { call: CallView }) {
  return (
    <li className="grid gap-0.5 border-b px-5 py-2.5 last:border-b-0">
      <span className="flex items-baseline justify-between gap-3">
        <span className="min-w-0 truncate font-mono text-[0.8125rem]">{qualifiedName}</span>
        <Time at={time} className="shrink-0 whitespace-nowrap text-faint text-xs" />
      </span>
      <span className="truncate text-faint text-xs">
        {actor}
        {errorClass && ` · ${errorClass.replaceAll("_", " ")}`}
      </span>
    </li>
  );
}
