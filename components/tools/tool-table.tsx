"use client";

import { Pencil, Play } from "lucide-react";
import { BrandIcon } from "@/components/ui/brand-icon";
import { Button } from "@/components/ui/button";
import { Switch } from "@/components/ui/switch";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { useRowKeys } from "@/components/ui/use-row-keys";
import { formatCount } from "@/lib/format";
import type { WorkspaceTool } from "@/lib/services/tool/view";
import { OwnWords } from "./own-words";
import { ToolBadges } from "./tool-badges";

interface TableProps {
  tools: readonly WorkspaceTool[];
  canManage: boolean;
  selected: ReadonlySet<string>;
  onSelect(names: string[], selected: boolean): void;
  onToggle(tool: WorkspaceTool, enabled: boolean): void;
  onRun: ((tool: WorkspaceTool) => void) | null;
  /** Names and describes it otherwise. */
  onEdit(tool: WorkspaceTool): void;
  /** Opens the page of its server, where a changed definition is shown beside the old one. */
  reviewHref(tool: WorkspaceTool): string;
}

/** Tools row by row; j and k move, Enter runs, x selects, e edits. Names and descriptions are the servers' own words, as text. */
export function ToolTable({ tools, canManage, selected, onSelect, onToggle, onRun, onEdit, reviewHref }: TableProps) {
  const keys = useRowKeys({ onOpen: (index) => tools[index] && onRun?.(tools[index]) });
  const all = tools.length > 0 && tools.every(({ qualifiedName }) => selected.has(qualifiedName));
  const cost = tools.reduce((sum, tool) => sum + (tool.enabled && tool.server.enabled ? tool.cost : 0), 0);
  return (
    <Table label="Tools">
      <thead>
        <tr>
          {canManage && (
            <Th className="w-8 pr-0">
              <input
                type="checkbox"
                aria-label="Select all that are shown"
                className="size-4 align-middle accent-accent"
                checked={all}
                onChange={() =>
                  onSelect(
                    tools.map(({ qualifiedName }) => qualifiedName),
                    !all,
                  )
                }
              />
            </Th>
          )}
          <Th>Tool</Th>
          <Th>It says</Th>
          <Th className="text-right">Context, tokens</Th>
          {canManage && <Th>On</Th>}
          {(onRun || canManage) && (
            <Th>
              <span className="sr-only">Actions</span>
            </Th>
          )}
        </tr>
      </thead>
      <tbody
        {...keys.body}
        onKeyDown={(event) => {
          const row = (event.target as HTMLElement).closest<HTMLElement>("[data-row]");
          const tool = row && event.target === row ? tools[Number(row.dataset.row)] : undefined;
          if (event.key === "x" && tool && canManage) onSelect([tool.qualifiedName], !selected.has(tool.qualifiedName));
          else if (event.key === "e" && tool && canManage) {
            event.preventDefault(); // or it would be typed into the field that opens
            onEdit(tool);
          } else keys.body.onKeyDown(event);
        }}
      >
        {tools.map((tool, index) => (
          <Tr key={tool.qualifiedName} {...keys.row(index)} className="hover:bg-muted/50">
            {canManage && (
              <Td className="pr-0">
                <input
                  type="checkbox"
                  aria-label={`Select ${tool.qualifiedName}`}
                  className="size-4 align-middle accent-accent"
                  checked={selected.has(tool.qualifiedName)}
                  onChange={() => onSelect([tool.qualifiedName], !selected.has(tool.qualifiedName))}
                />
              </Td>
            )}
            <Td className="min-w-56">
              <div className="flex items-center gap-3 py-1">
                <BrandIcon icon={tool.server.icon} name={tool.server.slug} className="max-sm:hidden" />
                <div className="grid min-w-0">
                  <span className="break-all font-medium font-mono text-[0.8125rem]">{tool.qualifiedName}</span>
                  <span className="line-clamp-1 max-w-prose break-words text-faint text-xs">
                    {tool.description ?? tool.title ?? "It does not say what it does."}
                  </span>
                  {canManage && <OwnWords tool={tool} />}
                </div>
              </div>
            </Td>
            <Td>
              {canManage && tool.review !== "reviewed" ? (
                <a
                  href={reviewHref(tool)}
                  className="inline-block rounded-md hover:opacity-80"
                  title="Review its definition"
                >
                  <ToolBadges tool={tool} review={tool.review} />
                </a>
              ) : (
                <ToolBadges tool={tool} />
              )}
            </Td>
            <Td className="text-right text-soft tabular-nums">{formatCount(tool.cost)}</Td>
            {canManage && (
              <Td>
                <span className="flex items-center gap-2">
                  <Switch
                    checked={tool.enabled}
                    onCheckedChange={(enabled) => onToggle(tool, enabled)}
                    label={`Tool ${tool.qualifiedName}`}
                  />
                  {!tool.server.enabled && <span className="whitespace-nowrap text-faint text-xs">server off</span>}
                </span>
              </Td>
            )}
            {(onRun || canManage) && (
              <Td className="whitespace-nowrap text-right">
                {canManage && (
                  <Button
                    variant="ghost"
                    size="icon"
                    aria-label={`Name and description of ${tool.qualifiedName}`}
                    title="Name and description"
                    onClick={() => onEdit(tool)}
                  >
                    <Pencil aria-hidden />
                  </Button>
                )}
                {onRun && (
                  <Button
                    variant="ghost"
                    size="sm"
                    aria-label={`Run ${tool.qualifiedName}`}
                    onClick={() => onRun(tool)}
                  >
                    <Play aria-hidden /> Run
                  </Button>
                )}
              </Td>
            )}
          </Tr>
        ))}
      </tbody>
      <tfoot>
        <tr className="text-faint text-xs">
          <Td colSpan={canManage ? 3 : 2} className="border-t border-b-0">
            What a model reads before the first question, for the tools that are on. An estimate: the definition's
            characters divided by four.
          </Td>
          <Td className="border-t border-b-0 text-right font-medium text-ink text-sm tabular-nums">
            {formatCount(cost)}
          </Td>
          <Td colSpan={(canManage ? 1 : 0) + (onRun || canManage ? 1 : 0) || 1} className="border-t border-b-0" />
        </tr>
      </tfoot>
    </Table>
  );
}
