"use client";

import { Ellipsis, Pencil, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { Dot } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Menu, MenuItem } from "@/components/ui/menu";
import { type Files, nameFault } from "./files";

interface TabsProps {
  names: string[];
  entry: string;
  active: string;
  files: Files;
  /** Files with text that is not saved. */
  unsaved: ReadonlySet<string>;
  /** Files with problems. */
  faulty: ReadonlySet<string>;
  onOpen(name: string): void;
  onAdd(name: string): void;
  onRename(from: string, to: string): void;
  onDelete(name: string): void;
}

/** The files of a function as tabs. */
export function FileTabs({
  names,
  entry,
  active,
  files,
  unsaved,
  faulty,
  onOpen,
  onAdd,
  onRename,
  onDelete,
}: TabsProps) {
  const [naming, setNaming] = useState<"new" | "rename" | null>(null);
  return (
    <div className="flex min-w-0 items-center gap-1 border-b pr-2">
      <div role="tablist" aria-label="Files" className="flex min-w-0 flex-1 overflow-x-auto">
        {names.map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            aria-selected={name === active}
            onClick={() => onOpen(name)}
            className={cn(
              "flex h-10 shrink-0 items-center gap-2 border-r px-4 font-mono text-xs -outline-offset-2",
              name === active ? "bg-surface font-medium text-ink" : "bg-muted/60 text-faint hover:text-ink",
            )}
          >
            <span className={cn(faulty.has(name) && "text-bad")}>{name}</span>
            {unsaved.has(name) && (
              <>
                <Dot tone="accent" className="size-1.5" /> <span className="sr-only">not saved</span>
              </>
            )}
          </button>
        ))}
      </div>
      <Button variant="ghost" size="icon" aria-label="New file" title="New file" onClick={() => setNaming("new")}>
        <Plus aria-hidden />
      </Button>
      <Menu
        trigger={
          <Button variant="ghost" size="icon" aria-label={`More for ${active}`} disabled={active === entry}>
            <Ellipsis aria-hidden />
          </Button>
        }
      >
        <MenuItem onSelect={() => setNaming("rename")}>
          <Pencil aria-hidden /> Rename…
        </MenuItem>
        <MenuItem tone="bad" onSelect={() => onDelete(active)}>
          <Trash2 aria-hidden /> Delete {active}
        </MenuItem>
      </Menu>
      {naming && (
        <NameDialog
          title={naming === "new" ? "New file" : `Rename ${active}`}
          initial={naming === "new" ? "" : active}
          files={files}
          onClose={() => setNaming(null)}
          onName={(name) => {
            setNaming(null);
            if (naming === "new") onAdd(name);
            else if (name !== active) onRename(active, name);
          }}
        />
      )}
    </div>
  );
}

interface NameProps {
  title: string;
  initial: string;
  files: Files;
  onName(name: string): void;
  onClose(): void;
}

function NameDialog({ title, initial, files, onName, onClose }: NameProps) {
  const [name, setName] = useState(initial);
  const [fault, setFault] = useState<string | null>(null);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={title}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const found = name === initial ? null : nameFault(name, files);
          setFault(found);
          if (!found) onName(name);
        }}
      >
        <Field
          label="Name"
          hint="Import it from another file as ./name.ts; a folder before the name is fine."
          error={fault ?? undefined}
        >
          <Input
            mono
            required
            autoFocus
            spellCheck={false}
            placeholder="api.ts"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <DialogActions>
          <Button variant="secondary" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit">{initial ? "Rename" : "Add file"}</Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
