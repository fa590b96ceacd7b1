import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";

/** One figure of the overview with what to compare it by. */
export function KpiTile({ label, value, note }: { label: string; value: string; note: ReactNode }) {
  return (
    <Card className="grid content-start gap-1 px-5 py-4">
      <p className="text-faint text-xs">{label}</p>
      <p className="font-semibold text-2xl tabular-nums tracking-tight">{value}</p>
      <p className="text-faint text-xs">{note}</p>
    </Card>
  );
}

/** `12% more than the day before`, in words, so that the sign is never colour alone. */
export function changeNote(now: number, before: number): string {
  if (before === 0) return now === 0 ? "none the day before either" : "none the day before";
  const percent = Math.round(((now - before) / before) * 100);
  if (percent === 0) return "as many as the day before";
  return `${Math.abs(percent)}% ${percent > 0 ? "more" : "fewer"} than the day before`;
}
