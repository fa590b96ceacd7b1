import { CircleDashed, Lock } from "lucide-react";
import { Spinner } from "@/components/ui/spinner";

interface TestProgressProps {
  origin: string;
  testTool: string | null;
  replaces: number | null;
}

/** What happens while a new value is tried: the test now, the sealing after it. */
export function TestProgress({ origin, testTool, replaces }: TestProgressProps) {
  return (
    <ol role="status" className="grid gap-2 rounded-xl border bg-muted px-4 py-3 text-sm leading-6">
      <li className="flex items-start gap-3">
        <Spinner className="mt-1 text-accent-text" />
        <span className="min-w-0 break-words">
          {testTool ? `Calling ${testTool}` : "Listing the tools"} at{" "}
          <span className="font-mono text-xs">{origin}</span> with the new value
        </span>
      </li>
      <li className="flex items-start gap-3 text-faint">
        {replaces === null ? (
          <Lock aria-hidden className="mt-1 size-4 shrink-0" />
        ) : (
          <CircleDashed aria-hidden className="mt-1 size-4 shrink-0" />
        )}
        {replaces === null ? "Then it is sealed" : `If that passes, version ${replaces + 1} takes over`}
      </li>
    </ol>
  );
}
