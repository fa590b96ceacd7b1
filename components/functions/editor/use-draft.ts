"use client";

import { useState } from "react";
import type { FunctionDetail } from "@/lib/services/function/view";
import { type Files, sameFiles } from "./files";

/** The source as it stands on screen, beside what is saved. */
export interface Draft {
  files: Files;
  entry: string;
  dirty: boolean;
  /** Names of files that differ from what is saved. */
  unsaved: ReadonlySet<string>;
  edit(change: (files: Files) => Files): void;
  /** These files are saved now. */
  settle(files: Files): void;
}

/** Holds what is typed above the tabs, so that going to another tab loses nothing. */
export function useDraft({ files: stored, entry }: Pick<FunctionDetail, "files" | "entry">): Draft {
  const [files, setFiles] = useState<Files>(stored);
  const [saved, setSaved] = useState<Files>(stored);
  const [seen, setSeen] = useState<Files>(stored);
  const dirty = !sameFiles(files, saved);
  // Saved by somebody else, or by the CLI: taken up unless it would overwrite what is typed here.
  if (seen !== stored) {
    setSeen(stored);
    if (!dirty && !sameFiles(stored, saved)) {
      setFiles(stored);
      setSaved(stored);
    }
  }
  return {
    files,
    entry,
    dirty,
    unsaved: new Set(Object.keys(files).filter((name) => files[name] !== saved[name])),
    edit: (change) => setFiles(change),
    settle: setSaved,
  };
}
