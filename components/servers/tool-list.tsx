"use client";

import { Pencil, Play, Search, Wrench } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { EditToolDialog } from "@/components/tools/edit-tool-dialog";
import { OwnWords } from "@/components/tools/own-words";
import { ToolBadges } from "@/components/tools/tool-badges";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import type { Action } from "@/lib/action-state";
import { plural } from "@/lib/format";
import { paths } from "@/lib/paths";
import type { EditToolInput, SetToolEnabledInput } from "@/lib/services/tool/schemas";
import type { ListedTool, ToolView } from "@/lib/services/tool/view";
import { EnabledSwitch } from "./enabled-switch";

interface ToolListProps {
  server: string;
  /** Its tools come from what is deployed here. */
  hosted: boolean;
  tools: ListedTool[];
  canManage: boolean;
  /** Slug of the workspace where this person may run them; null where they may not. */
  runIn: string | null;
  onToggle: Action<SetToolEnabledInput, ToolView>;
  /** Longest name that clients see here, in characters. */
  nameLength: number;
  onEdit: Action<EditToolInput, ListedTool>;
}

/** The tools of one server. Names and descriptions are the server's own words, shown as plain text. */
export function ToolList({ server, hosted, tools, canManage, runIn, onToggle, nameLength, onEdit }: ToolListProps) {
  const [query, setQuery] = useState("");
  const [editing, setEditing] = useState<ListedTool | null>(null);
  if (tools.length === 0)
    return (
      <Card>
        <EmptyState icon={Wrench} title="No tools known yet">
          {hosted
            ? "Tools appear here as soon as the function is deployed."
            : "Tools appear here as soon as a test of this server succeeds. Check its status above, then refresh."}
        </EmptyState>
      </Card>
    );
  const wanted = query.trim().toLowerCase();
  const shown = tools.filter((tool) =>
    `${tool.qualifiedName} ${tool.name} ${tool.title ?? ""} ${tool.description ?? ""}`.toLowerCase().includes(wanted),
  );
  const on = tools.filter((tool) => tool.enabled).length;
  return (
    <Card>
      <div className="flex flex-wrap items-center justify-between gap-3 border-b px-5 py-3">
        <p className="text-soft text-sm">
          {on} of {plural(tools.length, "tool")} on
        </p>
        {tools.length > 6 && (
          <div className="relative w-full sm:w-64">
            <Search aria-hidden className="absolute top-2.5 left-3 size-4 text-faint" />
            <Input
              type="search"
              aria-label="Find a tool"
              placeholder="Find a tool"
              className="pl-9"
              value={query}
              onChange={(event) => setQuery(event.target.value)}
            />
          </div>
        )}
      </div>
      <ul>
        {shown.map((tool) => (
          <ToolRow
            key={tool.name}
            tool={tool}
            canManage={canManage}
            runHref={runIn && paths.runTool(runIn, tool.qualifiedName)}
            onToggle={(enabled) => onToggle({ server, tool: tool.name, enabled })}
            onEdit={() => setEditing(tool)}
          />
        ))}
        {shown.length === 0 && <li className="px-5 py-10 text-center text-faint text-sm">No tool fits “{query}”.</li>}
      </ul>
      {editing && (
        <EditToolDialog
          server={server}
          tool={editing}
          siblings={tools}
          nameLength={nameLength}
          onSave={onEdit}
          onSaved={({ qualifiedName }) => {
            setEditing(null);
            toast.success(`${qualifiedName} is saved`);
          }}
          onClose={() => setEditing(null)}
        />
      )}
    </Card>
  );
}

function ToolRow({
  tool,
  canManage,
  runHref,
  onToggle,
  onEdit,
}: {
  tool: ListedTool;
  runHref: string | null;
  canManage: boolean;
  onToggle: (enabled: boolean) => ReturnType<ToolListProps["onToggle"]>;
  onEdit(): void;
}) {
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 border-b px-5 py-3.5 last:border-b-0 sm:flex-nowrap">
      <div className="grid min-w-0 flex-1 basis-full gap-1 sm:basis-0">
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <span className="break-all font-medium font-mono text-[0.8125rem]">{tool.qualifiedName}</span>
          <ToolBadges tool={tool} review={canManage ? tool.review : undefined} />
        </div>
        {tool.description && (
          <p className="line-clamp-2 max-w-prose break-words text-soft text-sm leading-6">{tool.description}</p>
        )}
        {canManage && <OwnWords tool={tool} />}
      </div>
      <div className="flex items-center gap-1 max-sm:-ml-2 max-sm:flex-1">
        {runHref && (
          <Button asChild variant="ghost" size="sm">
            <Link href={runHref} aria-label={`Run ${tool.qualifiedName}`}>
              <Play aria-hidden /> Run
            </Link>
          </Button>
        )}
        {canManage && (
          <Button
            variant="ghost"
            size="icon"
            aria-label={`Name and description of ${tool.qualifiedName}`}
            title="Name and description"
            onClick={onEdit}
          >
            <Pencil aria-hidden />
          </Button>
        )}
        <span className="flex pl-2 max-sm:ml-auto">
          {canManage ? (
            <EnabledSwitch enabled={tool.enabled} label={`Tool ${tool.name}`} onToggle={onToggle} />
          ) : (
            <Badge tone={tool.enabled ? "good" : "neutral"}>{tool.enabled ? "on" : "off"}</Badge>
          )}
        </span>
      </div>
    </li>
  );
}
