"use client";

import Link from "next/link";
import { BarList } from "@/components/charts/bar-list";
import { ChartCard } from "@/components/charts/chart-card";
import { TwinTable } from "@/components/charts/twin-table";
import { Badge } from "@/components/ui/badge";
import { Time } from "@/components/ui/time";
import { formatCount, plural } from "@/lib/format";
import type { ClientsView, ClientView } from "@/lib/services/analytics/view";
import { type ChartPlace, useDrill } from "./use-drill";
import { compareVersions } from "./words";

const SHOWN = 10;

/** Clients by name and version; versions older than the newest one seen of the same client are marked. */
export function ClientsChart({ view, ...place }: ChartPlace & { view: ClientsView }) {
  const drill = useDrill(place);
  const newest = newestVersions(view.clients);
  const behind = (client: ClientView) => {
    const best = newest.get(client.name);
    return best !== undefined && client.version !== "" && compareVersions(client.version, best) < 0 ? best : null;
  };
  const old = view.clients.filter(behind);
  const hidden = Math.max(0, view.clients.length - SHOWN) + view.rest.count;
  const href = ({ name }: ClientView) => drill.callsHref(name ? { client: name } : {});
  return (
    <ChartCard
      title="Clients"
      description={
        old.length > 0
          ? `${plural(old.length, "version")} behind the newest one seen`
          : "By the name they give themselves"
      }
      chart={
        view.clients.length === 0 ? (
          <p className="px-5 pt-6 pb-10 text-center text-faint text-sm">No calls in this range</p>
        ) : (
          <BarList
            label="Clients by calls"
            heads={["Client", "Calls", "Members"]}
            rows={view.clients.slice(0, SHOWN).map((client) => ({
              key: keyOf(client),
              name: `${nameOf(client)} ${client.version}`.trim(),
              label: (
                <>
                  {nameOf(client)} <span className="text-soft tabular-nums">{client.version}</span>
                  {behind(client) && (
                    <Badge tone="warn" className="ml-2">
                      newest is {behind(client)}
                    </Badge>
                  )}
                </>
              ),
              value: client.calls,
              picked: drill.isOn({ client: client.name }),
              onPick: client.name ? () => drill.toggle({ client: client.name }) : undefined,
              cells: [
                <Link
                  key="calls"
                  href={href(client)}
                  className="rounded text-ink hover:underline hover:underline-offset-4"
                >
                  {formatCount(client.calls)}
                </Link>,
                formatCount(client.members),
              ],
            }))}
          />
        )
      }
      table={
        <TwinTable
          label="Clients"
          rows={view.clients}
          rowKey={keyOf}
          sort={{ by: "calls", direction: "descending" }}
          columns={[
            { key: "name", title: "Client", value: nameOf, total: "Together" },
            {
              key: "version",
              title: "Version",
              value: ({ version }) => version,
              show: (client) => (
                <>
                  {client.version || "–"}
                  {behind(client) && <span className="text-warn"> (newest is {behind(client)})</span>}
                </>
              ),
            },
            {
              key: "calls",
              title: "Calls",
              numeric: true,
              value: ({ calls }) => calls,
              total: formatCount(view.total),
            },
            { key: "members", title: "Members", numeric: true, value: ({ members }) => members },
            {
              key: "last",
              title: "Last seen",
              value: ({ lastAt }) => Date.parse(lastAt),
              show: ({ lastAt }) => <Time at={lastAt} className="text-soft" />,
            },
          ]}
        />
      }
      note={hidden > 0 ? `${plural(hidden, "more version")} in the table.` : undefined}
    />
  );
}

const keyOf = ({ name, version }: ClientView) => JSON.stringify([name, version]);
const nameOf = ({ name }: ClientView) => name || "Unknown client";

function newestVersions(clients: ClientView[]): Map<string, string> {
  const newest = new Map<string, string>();
  for (const { name, version } of clients) {
    const best = newest.get(name);
    if (name && version && (best === undefined || compareVersions(version, best) > 0)) newest.set(name, version);
  }
  return newest;
}
