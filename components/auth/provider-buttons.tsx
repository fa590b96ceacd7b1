"use client";

import { LogIn } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";

/** One button a provider, below the form; nothing where none is configured. `onChoose` leaves the page. */
export function ProviderButtons({
  providers,
  onChoose,
}: {
  providers: { id: string; name: string }[];
  onChoose(id: string): Promise<void>;
}) {
  const [chosen, setChosen] = useState<string | null>(null);
  if (providers.length === 0) return null;
  return (
    <div className="grid gap-3">
      <div className="flex items-center gap-3 text-faint text-xs before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
        or
      </div>
      {providers.map(({ id, name }) => (
        <Button
          key={id}
          size="lg"
          variant="secondary"
          pending={chosen === id}
          onClick={async () => {
            setChosen(id);
            await onChoose(id).catch(() => setChosen(null)); // offline: the button comes back
          }}
        >
          {chosen !== id && <LogIn aria-hidden />} Continue with {name}
        </Button>
      ))}
    </div>
  );
}
