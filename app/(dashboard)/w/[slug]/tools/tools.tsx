"use client";

import { Wrench } from "lucide-react";
import Link from "next/link";
import { parseAsString, useQueryStates } from "nuqs";
import { useState } from "react";
import { EditToolDialog } from "@/components/tools/edit-tool-dialog";
import { SearchModeNote } from "@/components/tools/search-mode-note";
import { filterTools, ToolFilters } from "@/components/tools/tool-filters";
import { ToolTable } from "@/components/tools/tool-table";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { toast } from "@/components/ui/toast";
import { formatCount, plural } from "@/lib/format";
import { paths } from "@/lib/paths";
import type { WorkspaceTool } from "@/lib/services/tool/view";
import type { ContextView, WorkspaceSettingsView } from "@/lib/services/workspace/view";
import { editToolAction } from "../servers/actions";
import { updateSettingsAction } from "../settings/actions";
import { RunDrawer } from "./run-drawer";
import { useTools } from "./use-tools";

interface ToolsProps {
  slug: string;
  initial: WorkspaceTool[];
  canManage: boolean;
  /** Why this person can run nothing; null where they can. */
  refusal: string | null;
  settings: Pick<WorkspaceSettingsView, "nameLength" | "searchMode">;
  context: ContextView;
}

const filters = { q: parseAsString, server: parseAsString, kind: parseAsString, state: parseAsString };

/** The whole toolset: find, switch, try. */
export function Tools({ slug, initial, canManage, refusal, settings, context }: ToolsProps) {
  const { tools, switchTools, switching, reload } = useTools(slug, initial);
  const [editing, setEditing] = useState<WorkspaceTool | null>(null);
  const [{ tool: open, ...values }, set] = useQueryStates({ ...filters, tool: parseAsString }, { history: "replace" });
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState<readonly WorkspaceTool[] | null>(null);
  const shown = filterTools(tools, values);
  const chosen = shown.filter(({ qualifiedName }) => selected.has(qualifiedName));

  function change(wanted: readonly WorkspaceTool[], enabled: boolean) {
    const turning = wanted.filter((tool) => tool.enabled !== enabled);
    if (turning.length === 0) return;
    if (enabled && turning.some(mayDestroy)) setAsking(turning);
    else switchTools({ tools: turning, enabled });
  }
  if (tools.length === 0)
    return (
      <Card>
        <EmptyState
          icon={Wrench}
          title={canManage ? "No tools yet" : "No tools for you yet"}
          action={
            canManage && (
              <Button asChild>
                <Link href={paths.hub(slug)}>Add a server from the Hub</Link>
              </Button>
            )
          }
        >
          {canManage
            ? "Every server brings its tools; they all appear here, under the server's slug."
            : "An admin decides which tools you may use. They appear here by themselves."}
        </EmptyState>
      </Card>
    );
  return (
    <div className="grid grid-cols-1 gap-4">
      <SearchModeNote
        on={settings.searchMode}
        context={context}
        settingsHref={canManage ? `${paths.settings(slug)}#context` : null}
        onSwitch={updateSettingsAction.bind(null, slug)}
      />
      <ToolFilters values={values} tools={tools} canManage={canManage} onChange={(next) => void set(next)} />
      <Card>
        <div className="flex min-h-13 flex-wrap items-center gap-3 border-b px-5 py-2">
          <p className="text-soft text-sm">
            {chosen.length > 0
              ? `${formatCount(chosen.length)} selected`
              : shown.length === tools.length
                ? plural(tools.length, "tool")
                : `${formatCount(shown.length)} of ${plural(tools.length, "tool")}`}
          </p>
          {chosen.length > 0 && (
            <span className="flex gap-2">
              <Button variant="secondary" size="sm" disabled={switching} onClick={() => change(chosen, true)}>
                Switch on
              </Button>
              <Button variant="secondary" size="sm" disabled={switching} onClick={() => change(chosen, false)}>
                Switch off
              </Button>
              <Button variant="ghost" size="sm" onClick={() => setSelected(new Set())}>
                Clear
              </Button>
            </span>
          )}
        </div>
        {shown.length === 0 ? (
          <p className="px-5 py-12 text-center text-faint text-sm">No tool fits these filters.</p>
        ) : (
          <ToolTable
            tools={shown}
            canManage={canManage}
            selected={selected}
            onSelect={(names, on) =>
              setSelected((now) => {
                const next = new Set(now);
                for (const name of names) on ? next.add(name) : next.delete(name);
                return next;
              })
            }
            onToggle={(tool, enabled) => change([tool], enabled)}
            onRun={(tool) => void set({ tool: tool.qualifiedName })}
            onEdit={setEditing}
            reviewHref={({ server }) => paths.server(slug, server.slug)}
          />
        )}
      </Card>
      {editing && (
        <EditToolDialog
          server={editing.server.slug}
          tool={editing}
          siblings={tools.filter(({ server }) => server.slug === editing.server.slug)}
          nameLength={settings.nameLength}
          onSave={editToolAction.bind(null, slug)}
          onSaved={({ qualifiedName }) => {
            setEditing(null);
            void reload();
            toast.success(`${qualifiedName} is saved`);
          }}
          onClose={() => setEditing(null)}
        />
      )}
      <RunDrawer slug={slug} tools={tools} name={open} onName={(tool) => void set({ tool })} refusal={refusal} />
      <ConfirmDialog
        open={asking !== null}
        onOpenChange={(next) => !next && setAsking(null)}
        title={
          asking?.length === 1 ? `Switch ${asking[0]?.qualifiedName} on?` : `Switch ${asking?.length ?? 0} tools on?`
        }
        confirm="Switch on"
        onConfirm={async () => ({ ok: true, data: null })}
        onDone={() => asking && switchTools({ tools: asking, enabled: true })}
      >
        {destroying(asking ?? [])} Everybody in this workspace whose scope allows it can then use it.
      </ConfirmDialog>
    </div>
  );
}

const mayDestroy = ({ destructive, readOnly }: WorkspaceTool): boolean => destructive === true && !readOnly;

function destroying(tools: readonly WorkspaceTool[]): string {
  const names = tools.filter(mayDestroy).map(({ qualifiedName }) => qualifiedName);
  return `${names.slice(0, 5).join(", ")}${names.length > 5 ? ` and ${names.length - 5} more` : ""} may destroy something, by the server's own word.`;
}
