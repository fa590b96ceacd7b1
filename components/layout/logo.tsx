import { cn } from "@/components/ui/cn";

/** The mark (a stack of sheets) and the name. */
export function Logo({ wordmark = true, className }: { wordmark?: boolean; className?: string }) {
  return (
    <span className={cn("inline-flex items-center gap-2.5 font-semibold text-[0.9375rem] tracking-tight", className)}>
      <svg viewBox="0 0 32 32" aria-hidden="true" className="size-6 shrink-0">
        <rect width="32" height="32" rx="8" className="fill-accent" />
        <path d="M16 6.5 25 11l-9 4.5L7 11z" fill="#fff" />
        <path
          d="m7 16 9 4.5L25 16"
          fill="none"
          stroke="#fff"
          strokeOpacity=".75"
          strokeWidth="2.2"
          strokeLinejoin="round"
          strokeLinecap="round"
        />
        <path
          d="m7 21 9 4.5L25 21"
          fill="none"
          stroke="#fff"
          strokeOpacity=".45"
          strokeWidth="2.2"
          strokeLinejoin="round"
          strokeLinecap="round"
        />
      </svg>
      {wordmark && "Aerostack"}
    </span>
  );
}
