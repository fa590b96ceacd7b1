import type { ReactNode } from "react";
import { CopyButton } from "./copy";

/** An id in a narrow place: cut where it must be, copied whole. */
export function CopyId({ of, label }: { of: string; label: string }) {
  return (
    <span className="flex items-center gap-1">
      <code className="min-w-0 truncate font-mono text-xs">{of}</code>
      <CopyButton text={of} label={`Copy ${label}`} />
    </span>
  );
}

/** One line of a drawer's list of facts; stands in a `dl`. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[6.5rem_minmax(0,1fr)] items-center gap-3 bg-surface px-4 py-2.5">
      <dt className="text-faint">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}
