"use client";

import { Ban, Download, EllipsisVertical, FileJson, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { CopyButton } from "@/components/ui/copy";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { ActionState } from "@/lib/action-state";
import { formatCount } from "@/lib/format";
import type { ExportView } from "@/lib/services/export/view";
import { fileHref, manifestHref } from "./export-api";
import { ExportState, isOpen } from "./export-state";
import { filtersInWords, formatBytes, kindInWords, type Names } from "./words";

export interface ExportActions {
  onCancel(input: { export: string }): Promise<ActionState<unknown>>;
  onRemove(input: { export: string }): Promise<ActionState<unknown>>;
}

interface TableProps extends ExportActions {
  slug: string;
  rows: ExportView[];
  names: Names;
  /** Something changed that the list should show. */
  onChanged(): void;
}

/** What was exported, by whom, and what can still be had. */
export function ExportTable({ slug, rows, names, onChanged, onCancel, onRemove }: TableProps) {
  const [asked, setAsked] = useState<{ what: "cancel" | "remove"; row: ExportView } | null>(null);
  const remove = asked?.what === "remove";
  return (
    <>
      <Table label="Exports">
        <thead>
          <tr>
            <Th>Export</Th>
            <Th>By</Th>
            <Th className="text-right">Rows</Th>
            <Th className="text-right">Size</Th>
            <Th>SHA-256</Th>
            <Th>State</Th>
            <Th>Expires</Th>
            <Th>
              <span className="sr-only">Actions</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Tr key={row.id}>
              <Td>
                <div className="grid min-w-56 max-w-80 gap-0.5">
                  <span className="font-medium">{kindInWords(row)}</span>
                  <span className="break-words text-faint text-xs leading-5">{filtersInWords(row, names)}</span>
                </div>
              </Td>
              <Td>
                <div className="grid max-w-40 gap-0.5">
                  <span className="truncate">{row.createdBy}</span>
                  <Time at={row.createdAt} className="text-faint text-xs" />
                </div>
              </Td>
              <Td className="text-right tabular-nums">{formatCount(row.rows)}</Td>
              <Td className="whitespace-nowrap text-right tabular-nums">
                {row.bytes > 0 ? formatBytes(row.bytes) : "–"}
              </Td>
              <Td>{row.sha256 ? <Hash value={row.sha256} /> : <span className="text-faint">–</span>}</Td>
              <Td>
                <ExportState row={row} />
              </Td>
              <Td className="whitespace-nowrap text-soft">
                {row.state === "ready" && row.expiresAt ? (
                  <Time at={row.expiresAt} />
                ) : (
                  <span className="text-faint">–</span>
                )}
              </Td>
              <Td>
                <Actions
                  slug={slug}
                  row={row}
                  onCancel={() => setAsked({ what: "cancel", row })}
                  onRemove={() => setAsked({ what: "remove", row })}
                />
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
      <ConfirmDialog
        open={asked !== null}
        onOpenChange={(open) => !open && setAsked(null)}
        title={remove ? "Delete this export?" : "Cancel this export?"}
        confirm={remove ? "Delete export" : "Cancel export"}
        onConfirm={() => (remove ? onRemove : onCancel)({ export: asked?.row.id ?? "" })}
        onDone={onChanged}
      >
        {remove
          ? "The file and its row here are gone for everybody. The audit log keeps that it was made."
          : "What was made of it so far is thrown away."}
      </ConfirmDialog>
    </>
  );
}

function Hash({ value }: { value: string }) {
  return (
    <span className="flex items-center gap-1">
      <code title={value} className="text-xs">
        {value.slice(0, 10)}…
      </code>
      <CopyButton text={value} label="Copy SHA-256" />
    </span>
  );
}

interface ActionProps {
  slug: string;
  row: ExportView;
  onCancel(): void;
  onRemove(): void;
}

function Actions({ slug, row, onCancel, onRemove }: ActionProps) {
  const hasFile = row.mayDownload && row.state === "ready";
  const hasManifest = row.mayDownload && row.sha256 !== null;
  const mayCancel = row.mayManage && row.state !== "streamed" && isOpen(row);
  const mayRemove = row.mayManage && !isOpen(row);
  return (
    <div className="flex items-center justify-end gap-1">
      {hasFile && (
        <Button asChild variant="secondary" size="sm">
          <a href={fileHref(slug, row.id)} download>
            <Download aria-hidden /> Download
          </a>
        </Button>
      )}
      {(hasManifest || mayCancel || mayRemove) && (
        <Menu
          trigger={
            <Button variant="ghost" size="icon" aria-label={`Actions for ${row.filename}`}>
              <EllipsisVertical aria-hidden />
            </Button>
          }
        >
          {hasManifest && (
            <MenuItem asChild>
              <a href={manifestHref(slug, row.id)} download={`${row.filename}.manifest.json`}>
                <FileJson aria-hidden /> Manifest
              </a>
            </MenuItem>
          )}
          {hasManifest && (mayCancel || mayRemove) && <MenuSeparator />}
          {mayCancel && (
            <MenuItem tone="bad" onSelect={onCancel}>
              <Ban aria-hidden /> Cancel
            </MenuItem>
          )}
          {mayRemove && (
            <MenuItem tone="bad" onSelect={onRemove}>
              <Trash2 aria-hidden /> Delete
            </MenuItem>
          )}
        </Menu>
      )}
    </div>
  );
}
