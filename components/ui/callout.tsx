import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";

const TONE = {
  info: { box: "border-line bg-muted text-soft", icon: Info, mark: "text-faint" },
  good: { box: "border-good-mark/30 bg-good-soft text-good", icon: CircleCheck, mark: "" },
  warn: { box: "border-warn-mark/40 bg-warn-soft text-warn", icon: TriangleAlert, mark: "" },
  bad: { box: "border-bad-mark/30 bg-bad-soft text-bad", icon: CircleAlert, mark: "" },
};

interface CalloutProps {
  tone?: keyof typeof TONE;
  title?: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  className?: string;
}

/** A boxed remark inside the page. Bad news is announced to screen readers. */
export function Callout({ tone = "info", title, children, action, className }: CalloutProps) {
  const { box, icon: Icon, mark } = TONE[tone];
  return (
    <div
      role={tone === "bad" ? "alert" : undefined}
      className={cn("flex items-start gap-3 rounded-xl border px-4 py-3 text-sm leading-6", box, className)}
    >
      <Icon aria-hidden className={cn("mt-1 size-4 shrink-0", mark)} />
      <div className="min-w-0 flex-1">
        {title && <p className="font-medium">{title}</p>}
        {children && <div className="break-words">{children}</div>}
      </div>
      {action}
    </div>
  );
}
