import { Time } from "@/components/ui/time";

interface LastUsedProps {
  at: string | null;
  client?: string | null;
  ip?: string | null;
}

/** When something was used last, by what and from where; the client's name is its own claim, shown as text. */
export function LastUsed({ at, client, ip }: LastUsedProps) {
  if (at === null) return <span className="text-faint">never</span>;
  const where = [client, ip].filter(Boolean).join(" · ");
  return (
    <span className="block leading-tight">
      <Time at={at} />
      {where && (
        <span className="block max-w-48 truncate text-faint text-xs" title={where}>
          {where}
        </span>
      )}
    </span>
  );
}
