import { Check, TriangleAlert, X } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/copy";
import { Spinner } from "@/components/ui/spinner";
import { formatDuration } from "@/lib/format";
import type { TryView } from "@/lib/services/function/view";
import { LogLines } from "../logs/log-lines";
import { numbered } from "../logs/numbered-lines";
import { readable } from "./arguments";

const OUTCOME = {
  ok: { label: "OK", tone: "good", icon: Check },
  tool_error: { label: "Tool error", tone: "warn", icon: TriangleAlert },
  error: { label: "Failed", tone: "bad", icon: X },
} as const;

interface ResultProps {
  result: TryView | null;
  pending: boolean;
  onOutbound(call: string): void;
}

/** What came of a test call: the answer, how long it took, what it logged. */
export function TryResult({ result, pending, onOutbound }: ResultProps) {
  if (!result)
    return (
      <div className="grid min-h-40 place-items-center rounded-xl border border-dashed p-6 text-center text-faint text-sm">
        {pending ? <Spinner /> : "The answer appears here, with what the tool logged."}
      </div>
    );
  const { label, tone, icon: Icon } = OUTCOME[result.outcome];
  return (
    <Card aria-live="polite" className="min-w-0">
      <header className="flex flex-wrap items-center gap-3 px-5 py-4">
        <Badge tone={tone}>
          <Icon aria-hidden /> {label}
        </Badge>
        <span className="text-soft text-sm tabular-nums">{formatDuration(result.ms)}</span>
        <Button variant="ghost" size="sm" className="ml-auto" onClick={() => onOutbound(result.call)}>
          Its outbound requests
        </Button>
      </header>
      <div className="grid grid-cols-1 gap-5 px-5 pb-5">
        {result.error && (
          <Callout tone="bad" title={result.error.code}>
            {result.error.message}
          </Callout>
        )}
        {result.result !== null && <CodeBlock wrap label="result" title="Result" code={readable(result.result)} />}
        {result.logs.length > 0 && (
          <section className="grid grid-cols-1 gap-2">
            <h3 className="font-medium text-sm">Logged</h3>
            <LogLines lines={numbered(result.logs)} />
          </section>
        )}
      </div>
    </Card>
  );
}
