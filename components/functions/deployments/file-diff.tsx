import { cn } from "@/components/ui/cn";
import { type DiffLine, lineDiff } from "./line-diff";

const LOOK: Record<DiffLine["kind"], string> = {
  same: "text-soft",
  added: "bg-good-soft text-good",
  removed: "bg-bad-soft text-bad",
  gap: "bg-muted text-faint",
};
const MARK: Record<DiffLine["kind"], string> = { same: " ", added: "+", removed: "−", gap: "⋯" };

/** One file before and after. */
export function FileDiff({ name, before, after }: { name: string; before: string | null; after: string | null }) {
  const lines = lineDiff(before ?? "", after ?? "").map((line, at) => ({ ...line, at }));
  return (
    <figure className="min-w-0 overflow-hidden rounded-xl border">
      <figcaption className="flex items-center gap-2 border-b bg-muted px-4 py-1.5 font-mono text-xs">
        <span className="min-w-0 truncate">{name}</span>
        {before === null && <span className="text-good">new</span>}
        {after === null && <span className="text-bad">deleted</span>}
      </figcaption>
      <pre className="max-h-96 overflow-auto py-1 font-mono text-xs leading-5">
        <code className="grid min-w-max">
          {lines.map((line) => (
            <span key={line.at} className={cn("flex gap-3 px-4", LOOK[line.kind])}>
              <span aria-hidden className="w-2 select-none">
                {MARK[line.kind]}
              </span>
              <span className="whitespace-pre">{line.text || " "}</span>
            </span>
          ))}
        </code>
      </pre>
    </figure>
  );
}
