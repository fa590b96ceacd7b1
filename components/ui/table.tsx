import type { ComponentProps } from "react";
import { cn } from "./cn";
import { Scroller } from "./scroller";

/** A real table that scrolls sideways by itself where the screen is narrow. */
export function Table({ className, label, ...props }: ComponentProps<"table"> & { label: string }) {
  return (
    <Scroller>
      <table aria-label={label} className={cn("w-full border-collapse text-sm", className)} {...props} />
    </Scroller>
  );
}

/** Column head. */
export function Th({ className, ...props }: ComponentProps<"th">) {
  return (
    <th
      scope="col"
      className={cn(
        "h-9 whitespace-nowrap border-b px-4 text-left font-medium text-faint text-xs first:pl-5 last:pr-5",
        className,
      )}
      {...props}
    />
  );
}

/** Cell. */
export function Td({ className, ...props }: ComponentProps<"td">) {
  return <td className={cn("h-12 border-b px-4 py-2 align-middle first:pl-5 last:pr-5", className)} {...props} />;
}

/** Row; the last one draws no line, the card around does. */
export function Tr({ className, ...props }: ComponentProps<"tr">) {
  return (
    <tr
      className={cn("last:[&>td]:border-b-0 focus-visible:bg-muted/60 focus-visible:-outline-offset-2", className)}
      {...props}
    />
  );
}
