"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ChartCard, Switcher } from "@/components/charts/chart-card";
import { ChartSkeleton } from "@/components/charts/chart-skeleton";
import { HeatGrid, WEEKDAYS } from "@/components/charts/heat-grid";
import { TwinTable } from "@/components/charts/twin-table";
import { ErrorCard } from "@/components/ui/error-card";
import { formatCount, formatDay, plural } from "@/lib/format";
import type { HeatMapView } from "@/lib/services/analytics/view";
import { ChartError, fetchChart } from "./fetch-chart";
import { type ChartPlace, useDrill } from "./use-drill";

type Zone = "own" | "utc";

/** When the workspace is used, by weekday and hour. Asked by the browser, which alone knows the viewer's time zone. */
export function HeatMap(place: ChartPlace) {
  const { filters } = useDrill(place);
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const [zone, setZone] = useState<Zone>("own");
  const query = { ...filters, zone: zone === "own" ? own : "UTC" };
  const { data, error, refetch, isFetching } = useQuery({
    queryKey: ["heat-map", place.slug, query],
    queryFn: ({ signal }) => fetchChart<HeatMapView>(place.slug, "heat-map", query, signal),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
  if (error)
    return (
      <ErrorCard
        title="The heat map could not be loaded"
        requestId={error instanceof ChartError ? error.requestId : undefined}
        onRetry={() => void refetch()}
        pending={isFetching}
      >
        {error.message}
      </ErrorCard>
    );
  if (!data) return <ChartSkeleton title="Busy hours" />;
  const days = WEEKDAYS.map((day, row) => {
    const hours = data.cells[row] ?? [];
    return { day, row, hours, total: hours.reduce((sum, value) => sum + value, 0) };
  });
  return (
    <ChartCard
      title="Busy hours"
      description={`${plural(data.total, "call")} since ${formatDay(Date.parse(data.from))}`}
      controls={
        own !== "UTC" && (
          <Switcher<Zone>
            label="Time zone"
            value={zone}
            options={[
              { value: "own", title: "My time" },
              { value: "utc", title: "UTC" },
            ]}
            onChange={setZone}
          />
        )
      }
      chart={<HeatGrid cells={data.cells} unit="call" />}
      table={
        <TwinTable
          label="Busy hours"
          rows={days}
          rowKey={({ day }) => day}
          sort={{ by: "day", direction: "ascending" }}
          columns={[
            { key: "day", title: "Day", value: ({ row }) => row, show: ({ day }) => day, total: "Together" },
            {
              key: "total",
              title: "Calls",
              numeric: true,
              value: ({ total }) => total,
              total: formatCount(data.total),
            },
            ...Array.from({ length: 24 }, (_, hour) => ({
              key: `h${hour}`,
              title: `${String(hour).padStart(2, "0")}:00`,
              numeric: true,
              value: ({ hours }: (typeof days)[number]) => hours[hour] ?? 0,
              total: formatCount(days.reduce((sum, { hours }) => sum + (hours[hour] ?? 0), 0)),
            })),
          ]}
        />
      }
      note={`Hours of ${data.zone}.`}
    />
  );
}
