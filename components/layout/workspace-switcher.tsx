"use client";

import { Check, ChevronsUpDown, LayoutGrid, Plus } from "lucide-react";
import Link from "next/link";
import { Menu, MenuItem, MenuLabel, MenuSeparator } from "@/components/ui/menu";
import { Monogram } from "@/components/ui/monogram";
import { paths } from "@/lib/paths";

export interface WorkspaceChoice {
  slug: string;
  name: string;
  /** The reader's own role there. */
  role: string;
  /** Its gateway, by header token and by sign-in. */
  sseUrl: string;
  mcpUrl: string;
}

/** Shows the workspace one is in and leads to the others. */
export function WorkspaceSwitcher({ current, workspaces }: { current: string | null; workspaces: WorkspaceChoice[] }) {
  const selected = workspaces.find((workspace) => workspace.slug === current);
  return (
    <Menu
      align="start"
      trigger={
        <button
          type="button"
          className="flex w-full min-w-0 items-center gap-2.5 rounded-lg border bg-surface p-1.5 pr-2 text-left shadow-card hover:bg-muted"
        >
          {selected ? (
            <Monogram name={selected.name} className="size-7" />
          ) : (
            <span className="grid size-7 place-items-center rounded-lg bg-muted text-faint">
              <LayoutGrid aria-hidden className="size-4" />
            </span>
          )}
          <span className="min-w-0 flex-1 truncate font-medium text-sm">{selected?.name ?? "Workspaces"}</span>
          <span className="sr-only">: switch workspace</span>
          <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-faint" />
        </button>
      }
    >
      <MenuLabel>Workspaces</MenuLabel>
      {workspaces.slice(0, 12).map((workspace) => (
        <MenuItem key={workspace.slug} asChild>
          <Link href={paths.workspace(workspace.slug)}>
            <Monogram name={workspace.name} className="size-6" />
            <span className="max-w-52 truncate">{workspace.name}</span>
            {workspace.slug === current && <Check aria-label="current" className="ml-auto" />}
          </Link>
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem asChild>
        <Link href={paths.workspaces}>
          <LayoutGrid aria-hidden /> All workspaces
        </Link>
      </MenuItem>
      <MenuItem asChild>
        <Link href={paths.newWorkspace}>
          <Plus aria-hidden /> New workspace
        </Link>
      </MenuItem>
    </Menu>
  );
}
