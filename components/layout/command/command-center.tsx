"use client";

import { usePathname } from "next/navigation";
import { useState } from "react";
import { slugOf, workspaceNav } from "../nav";
import type { ShellProps } from "../side-nav";
import { KeyHelp } from "./key-help";
import { Palette } from "./palette";
import { chordsOf, useShortcuts } from "./use-shortcuts";

interface CenterProps extends ShellProps {
  open: boolean;
  onOpenChange(open: boolean): void;
}

/** Palette, chords and the sheet of keys, once for the whole frame. */
export function CommandCenter({ open, onOpenChange, ...shell }: CenterProps) {
  const [help, setHelp] = useState(false);
  const slug = slugOf(usePathname());
  const workspace = shell.workspaces.find((each) => each.slug === slug);
  const items = workspace ? workspaceNav(workspace.slug, workspace.role).flatMap((group) => group.items) : [];
  const chords = chordsOf(items);
  useShortcuts({ chords, onPalette: () => onOpenChange(!open), onHelp: () => setHelp(true) });
  return (
    <>
      <Palette open={open} onOpenChange={onOpenChange} onHelp={() => setHelp(true)} {...shell} />
      <KeyHelp open={help} onOpenChange={setHelp} chords={chords} />
    </>
  );
}
