import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

interface EmptyStateProps {
  icon: LucideIcon;
  title: string;
  /** Teaches what will be here and why one wants it. */
  children: ReactNode;
  /** The one thing to do. */
  action?: ReactNode;
}

/** What a list says before it has rows. */
export function EmptyState({ icon: Icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center gap-4 px-6 py-14 text-center">
      <span className="grid size-11 place-items-center rounded-xl border bg-muted text-soft shadow-card">
        <Icon aria-hidden className="size-5" />
      </span>
      <div className="grid max-w-md gap-1.5">
        <h2 className="font-semibold">{title}</h2>
        <div className="text-pretty text-soft text-sm leading-6">{children}</div>
      </div>
      {action}
    </div>
  );
}
