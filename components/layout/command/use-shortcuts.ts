"use client";

import { useRouter } from "next/navigation";
import { useHotkeys } from "react-hotkeys-hook";
import { paths } from "@/lib/paths";
import type { NavItem } from "../nav";

/** Where each chord leads; the workspaces are one chord away from anywhere. */
export function chordsOf(items: NavItem[]): { title: string; chord: string; href: string }[] {
  const own = items.flatMap(({ title, chord, href }) => (chord ? [{ title, chord, href }] : []));
  return [...own, { title: "All workspaces", chord: "w", href: paths.workspaces }];
}

interface Shortcuts {
  chords: { chord: string; href: string }[];
  onPalette(): void;
  onHelp(): void;
}

/** An open dialog or menu has the keys to itself. */
const isModal = () => document.querySelector("[role=dialog], [role=menu], [role=alertdialog]") !== null;

/** The keys of the whole product; those of a table's rows are `useRowKeys`. None of them works while one types. */
export function useShortcuts({ chords, onPalette, onHelp }: Shortcuts): void {
  const router = useRouter();
  useHotkeys("mod+k", onPalette, { useKey: true, preventDefault: true, enableOnFormTags: true });
  useHotkeys("?", () => !isModal() && onHelp(), { useKey: true, ignoreModifiers: true });
  useHotkeys(
    chords.map(({ chord }) => `g>${chord}`),
    (event, { hotkey }) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isModal()) return;
      const target = chords.find(({ chord }) => hotkey === `g>${chord}`);
      if (target) router.push(target.href);
    },
    { useKey: true },
  );
  useHotkeys(
    "j",
    (event) => {
      if (isModal() || (event.target as HTMLElement).closest("[data-row]")) return;
      document.querySelector<HTMLElement>("#content [data-row][tabindex='0']")?.focus();
    },
    { useKey: true },
  );
}
