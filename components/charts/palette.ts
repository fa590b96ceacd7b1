/** Colours are CSS variables of `app/globals.css`, so that a chart changes theme without being drawn anew. */
export const OTHER_COLOUR = "var(--chart-other)";

/** Series whose colour carries a meaning keep it, whatever their rank; their names in legend and table say the same. */
const FIXED: Record<string, string> = {
  ok: "var(--chart-1)",
  tool_error: "var(--warn-mark)",
  error: "var(--bad-mark)",
  upstream: "var(--bad-mark)",
  denied: "var(--chart-5)",
  timeout: "var(--chart-7)",
  rate_limited: "var(--chart-6)",
  client_closed: "var(--chart-3)",
  pending: "var(--chart-8)",
  unknown: "var(--field)",
  other: OTHER_COLOUR,
};

/** Colour of the series at `rank` (0 is the largest); past the eighth all are grey. */
export const rankColour = (rank: number): string => (rank < 8 ? `var(--chart-${rank + 1})` : OTHER_COLOUR);

/** Colour of an outcome or error class. */
export const meaningColour = (key: string): string => FIXED[key] ?? OTHER_COLOUR;
