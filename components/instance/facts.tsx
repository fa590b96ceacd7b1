import type { ReactNode } from "react";
import { Card, CardHeader } from "@/components/ui/card";

/** Names and values of what runs here. */
export function Facts({ title, facts }: { title: string; facts: [name: string, value: ReactNode][] }) {
  return (
    <Card>
      <CardHeader title={title} />
      <dl className="border-t text-sm">
        {facts.map(([name, value]) => (
          <div key={name} className="grid grid-cols-[9rem_1fr] gap-4 border-b px-5 py-2.5 last:border-b-0">
            <dt className="text-faint">{name}</dt>
            <dd className="min-w-0 break-words">{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
