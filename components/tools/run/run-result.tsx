import { Ban, Check, TriangleAlert, X } from "lucide-react";
import Image from "next/image";
import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Callout } from "@/components/ui/callout";
import { CodeBlock, CopyButton } from "@/components/ui/copy";
import { formatDuration } from "@/lib/format";
import { pretty, type ResultPart, resultParts, structuredOf } from "./result-parts";
import type { Run } from "./use-run";

export const RUN_OUTCOMES = {
  ok: { label: "OK", tone: "good", icon: Check },
  tool_error: { label: "The tool reports an error", tone: "warn", icon: TriangleAlert },
  failed: { label: "Failed", tone: "bad", icon: X },
  cancelled: { label: "Cancelled", tone: "neutral", icon: Ban },
} as const;

interface ResultProps {
  run: Run;
  /** Where the log shows its row; null while that is not known. */
  callHref: string | null;
  curl: string;
}

/** What came of one run: the answer as text, how long it took, and where it stands in the log. */
export function RunResult({ run, callHref, curl }: ResultProps) {
  const { label, tone, icon: Icon } = RUN_OUTCOMES[run.outcome];
  const structured = structuredOf(run.result);
  return (
    <section aria-label="Result" className="grid min-w-0 grid-cols-1 gap-4">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Badge tone={tone}>
          <Icon aria-hidden /> {label}
        </Badge>
        {run.ms > 0 && <span className="text-soft text-sm tabular-nums">{formatDuration(run.ms)}</span>}
        <span className="ml-auto flex items-center gap-1">
          {callHref && (
            <Link href={callHref} className="rounded px-1 text-accent-text text-sm hover:underline">
              Its row in the log
            </Link>
          )}
          <CopyButton text={curl} label="Copy as curl" showLabel />
        </span>
      </header>
      {run.message && <Callout tone={run.outcome === "cancelled" ? "info" : "bad"}>{run.message}</Callout>}
      {run.result !== undefined &&
        resultParts(run.result)
          .map((part, at) => ({ part, at }))
          .map(({ part, at }) => <Part key={at} part={part} />)}
      {structured !== undefined && (
        <CodeBlock wrap label="structured result" title="structuredContent" code={pretty(structured)} />
      )}
    </section>
  );
}

function Part({ part }: { part: ResultPart }) {
  switch (part.kind) {
    case "text":
      return <CodeBlock wrap label="result" title="Result" code={part.text} />;
    case "image":
      return (
        <figure className="grid gap-1.5 rounded-xl border bg-muted p-4">
          <span className="relative h-64 w-full">
            <Image
              unoptimized
              fill
              src={part.src}
              alt="Answered by the tool"
              className="rounded-lg object-contain object-left"
            />
          </span>
          <figcaption className="text-faint text-xs">{part.type}</figcaption>
        </figure>
      );
    case "link":
      return (
        <div className="grid gap-1 rounded-xl border bg-muted px-4 py-3 text-sm">
          <p className="font-medium">{part.name ?? "Resource"}</p>
          {part.description && <p className="break-words text-soft">{part.description}</p>}
          <code className="break-all font-mono text-faint text-xs">{part.uri}</code>
        </div>
      );
    case "note":
      return <Callout>{part.text}</Callout>;
  }
}
