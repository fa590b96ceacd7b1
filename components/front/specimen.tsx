import { Ban, Check } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Monogram } from "@/components/ui/monogram";

const CALLS = [
  { who: "Alice Chen", tool: "github__create_issue", ok: true, ms: "412 ms" },
  { who: "Ben Okafor", tool: "slack__send_message", ok: true, ms: "188 ms" },
  { who: "Mara Silva", tool: "stripe__create_refund", ok: false, ms: "0.3 ms" },
];

/** An example: the one entry in an editor's file, and what the admin sees of it. */
export function Specimen({ origin }: { origin: string }) {
  const json = `{
  "mcpServers": {
    "engineering": {
      "type": "http",
      "url": "${origin}/ws/engineering/mcp",
      "headers": { "Authorization": "Bearer mwt_…" }
    }
  }
}`;
  return (
    <div className="relative min-w-0 pb-10 sm:pb-24">
      <figure className="overflow-hidden rounded-2xl border bg-surface shadow-raised">
        <figcaption className="flex items-center justify-between border-b px-5 py-2.5 text-faint text-xs">
          <span className="font-mono">mcp.json</span>
          <span>all that anybody configures</span>
        </figcaption>
        <pre className="overflow-x-auto p-5 font-mono text-[0.8125rem] text-soft leading-6">
          <code>{json}</code>
        </pre>
      </figure>
      <figure className="mt-4 overflow-hidden rounded-2xl border bg-surface shadow-raised sm:absolute sm:right-4 sm:bottom-0 sm:left-10 sm:mt-0 lg:-right-6 lg:left-16">
        <figcaption className="sr-only">Calls as the dashboard shows them (example)</figcaption>
        <ul className="divide-y">
          {CALLS.map((call) => (
            <li key={call.tool} className="flex items-center gap-3 px-4 py-2.5 text-sm">
              <Monogram name={call.who} round className="size-6 text-[0.5625rem]" />
              <span className="hidden w-24 shrink-0 truncate sm:block">{call.who}</span>
              <span className="min-w-0 flex-1 truncate font-mono text-[0.8125rem] text-soft">{call.tool}</span>
              <Badge tone={call.ok ? "good" : "bad"}>
                {call.ok ? <Check aria-hidden /> : <Ban aria-hidden />} {call.ok ? "OK" : "Refused"}
              </Badge>
              <span className="hidden w-14 text-right text-faint text-xs tabular-nums sm:block">{call.ms}</span>
            </li>
          ))}
        </ul>
      </figure>
    </div>
  );
}
