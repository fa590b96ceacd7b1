/** A curve of a word's size, drawn by the server as it is. What it shows is said in `label`. */
export function Sparkline({ values, label, className }: { values: number[]; label: string; className?: string }) {
  const most = Math.max(...values, 1);
  const width = Math.max(values.length - 1, 1);
  const points = values.map((value, index) => `${index},${(19 - (value / most) * 18).toFixed(2)}`);
  const line = points.join(" ");
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} 20`}
      preserveAspectRatio="none"
      className={className ?? "h-6 w-24"}
    >
      <polygon points={`0,20 ${line} ${width},20`} fill="var(--chart-1)" fillOpacity="0.14" />
      <polyline
        points={line}
        fill="none"
        stroke="var(--chart-1)"
        strokeWidth="1.5"
        strokeLinejoin="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
