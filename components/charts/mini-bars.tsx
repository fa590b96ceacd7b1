/** Bars without an axis, for several small charts that share one scale. What they show is said in `label`. */
export function MiniBars({
  values,
  most,
  colour,
  label,
}: {
  values: number[];
  /** Top of the scale. */
  most: number;
  colour: string;
  label: string;
}) {
  const width = 100 / Math.max(values.length, 1);
  const bars = values.map((value, index) => ({
    x: (index + 0.1) * width,
    height: value === 0 ? 0 : Math.max((value / Math.max(most, 1)) * 31, 1),
  }));
  return (
    <svg role="img" aria-label={label} viewBox="0 0 100 32" preserveAspectRatio="none" className="h-10 w-full">
      <rect x="0" y="31.5" width="100" height="0.5" fill="var(--line-strong)" />
      {bars.map(({ x, height }) => (
        <rect key={x} x={x} width={width * 0.8} y={31.5 - height} height={height} fill={colour} />
      ))}
    </svg>
  );
}
