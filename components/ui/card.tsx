import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";

/** A raised sheet. */
export function Card({ className, ...props }: ComponentProps<"section">) {
  return <section className={cn("rounded-xl border bg-surface shadow-card", className)} {...props} />;
}

/** Head of a card: title, one line of explanation, and what can be done. */
export function CardHeader({
  title,
  description,
  action,
}: {
  title: ReactNode;
  description?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 px-5 pt-4 pb-3">
      <div className="grid min-w-0 gap-0.5">
        <h2 className="font-semibold text-[0.9375rem]">{title}</h2>
        {description && <p className="max-w-prose text-faint text-sm leading-6">{description}</p>}
      </div>
      {action}
    </header>
  );
}

/** A card for one group of settings, with its form below the head. */
export function SettingsCard({
  title,
  description,
  tone,
  children,
}: {
  title: string;
  description?: ReactNode;
  tone?: "bad";
  children: ReactNode;
}) {
  return (
    <Card className={cn(tone === "bad" && "border-bad-mark/40")}>
      <CardHeader title={title} description={description} />
      <div className="px-5 pb-5">{children}</div>
    </Card>
  );
}
