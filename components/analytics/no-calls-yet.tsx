import { Plug } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { paths } from "@/lib/paths";
import { DemoChart } from "./lazy";

/** Analytics before the first call: what they will look like, and the one thing to do. */
export function NoCallsYet({ slug, canConnect, own }: { slug: string; canConnect: boolean; own: boolean }) {
  return (
    <Card className="relative overflow-hidden pt-4">
      <div className="opacity-30 grayscale">
        <DemoChart />
      </div>
      <div className="absolute inset-0 grid place-items-center p-4">
        <div className="grid max-w-sm justify-items-center gap-3 rounded-xl border bg-surface px-6 py-5 text-center shadow-raised">
          <div className="grid gap-1">
            <h2 className="font-semibold">No calls yet</h2>
            <p className="text-pretty text-soft text-sm leading-6">
              {own
                ? "Your calls, errors and latencies show up here with the first call you make."
                : "Who calls what, how often and how fast shows up here with the first call."}
            </p>
          </div>
          {canConnect && (
            <Button asChild size="sm">
              <Link href={paths.connect(slug)}>
                <Plug aria-hidden /> Connect a client
              </Link>
            </Button>
          )}
        </div>
      </div>
    </Card>
  );
}
