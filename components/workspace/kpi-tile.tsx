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
