"use client";

import { Dialog } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";

interface KeyHelpProps {
  open: boolean;
  onOpenChange(open: boolean): void;
  /** Chords that work here, by what they lead to. */
  chords: { title: string; chord: string }[];
}

/** Every key of the product, on one sheet. */
export function KeyHelp({ open, onOpenChange, chords }: KeyHelpProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Keyboard shortcuts"
      description="They rest while you type in a field."
      className="sm:max-w-2xl"
    >
      <div className="grid gap-x-10 gap-y-6 sm:grid-cols-2">
        <div className="grid content-start gap-6">
          <Keys
            title="Everywhere"
            keys={[
              ["Go to or do", ["Ctrl / ⌘", "K"]],
              ["This sheet", ["?"]],
              ["Close what is open", ["Esc"]],
            ]}
          />
          <Keys
            title="In tables"
            keys={[
              ["Into the table, next row", ["j"]],
              ["Row before", ["k"]],
              ["Also", ["↑", "↓", "Home", "End"]],
              ["Open the row", ["Enter"]],
            ]}
          />
        </div>
        <Keys title="Go to" keys={chords.map(({ title, chord }) => [title, ["g", chord]])} />
      </div>
    </Dialog>
  );
}

function Keys({ title, keys }: { title: string; keys: [what: string, keys: string[]][] }) {
  return (
    <section className="grid content-start gap-2">
      <h3 className="text-faint text-xs">{title}</h3>
      <dl className="grid gap-1.5 text-sm">
        {keys.map(([what, parts]) => (
          <div key={what} className="flex items-center justify-between gap-4">
            <dt>{what}</dt>
            <dd className="flex gap-1">
              {parts.map((part) => (
                <Kbd key={part}>{part}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
