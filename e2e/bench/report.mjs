const median = (numbers) => {
  const sorted = numbers.toSorted((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.ceil((sorted.length - 1) / 2)]) / 2;
};
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

/** One row per target and number of clients: medians over the rounds, CPU over all of them. */
export function summarise(slices, names, clientCounts) {
  return clientCounts.flatMap((clients) => {
    const rows = names.map((target) => {
      const own = slices.filter((slice) => slice.target === target && slice.clients === clients);
      return {
        target,
        clients,
        perSecond: median(own.map(({ perSecond }) => perSecond)),
        p50: median(own.map(({ p50 }) => p50)),
        p95: median(own.map(({ p95 }) => p95)),
        cpuPer1000: sum(own.map(({ cpuMs }) => cpuMs)) / sum(own.map(({ calls }) => calls)),
        errors: sum(own.map(({ errors }) => errors)),
      };
    });
    const [base] = rows;
    return rows.map((row) => ({ ...row, ratio: row.perSecond / base.perSecond, p50Delta: row.p50 - base.p50 }));
  });
}

/** The summary as a Markdown table. CPU of a gateway counts its children (the database), not the upstream behind it. */
export function table(summary) {
  const head = [
    "clients",
    "target",
    "calls/s",
    "× direct upstream",
    "p50 ms",
    "p50 Δ ms",
    "p95 ms",
    "CPU s / 1,000 calls",
    "errors",
  ];
  const rows = summary.map((row) => [
    row.clients,
    row.target,
    row.perSecond.toFixed(0),
    row.ratio.toFixed(2),
    row.p50.toFixed(2),
    row.p50Delta.toFixed(2),
    row.p95.toFixed(2),
    row.cpuPer1000.toFixed(2),
    row.errors,
  ]);
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
