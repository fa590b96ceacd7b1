"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { useSubmit } from "@/components/ui/use-submit";
import type { Action } from "@/lib/action-state";
import { formatDay } from "@/lib/format";
import { EditToolInput, FORMER_NAME_DAYS } from "@/lib/services/tool/schemas";
import type { ListedTool } from "@/lib/services/tool/view";
import { NameField } from "./name-field";
import { namePreview } from "./name-preview";

export interface EditToolProps {
  /** Slug of its server. */
  server: string;
  tool: ListedTool;
  /** All tools of that server: their names must not clash. */
  siblings: readonly ListedTool[];
  /** Longest name that clients see in this workspace, in characters. */
  nameLength: number;
  onSave: Action<EditToolInput, ListedTool>;
  onSaved(tool: ListedTool): void;
  onClose(): void;
}

/** What clients call a tool and read about it. Shows while typing what the name becomes and whether it is free. */
export function EditToolDialog({ server, tool, siblings, nameLength, onSave, onSaved, onClose }: EditToolProps) {
  const own = tool.ownDescription ?? tool.description ?? "";
  const [name, setName] = useState(tool.alias ?? tool.name);
  const [text, setText] = useState(tool.ownDescription === null ? "" : (tool.description ?? ""));
  const preview = namePreview({ server, tool, siblings, nameLength, text: name });
  const { submit, pending, error, fieldError } = useSubmit(onSave, onSaved, ["alias", "description"]);
  const before = { alias: tool.alias, description: tool.ownDescription === null ? null : tool.description };
  const after = { alias: preview.alias, description: text.trim() || null };
  const renamed = after.alias !== before.alias;
  const changed = renamed || after.description !== before.description;
  const textFault = EditToolInput.shape.description.safeParse(text).error?.issues[0]?.message;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Name and description"
      description="What clients call this tool, and what a model reads about it. For everybody in this workspace."
      className="sm:max-w-xl"
    >
      <form
        noValidate
        className="grid grid-cols-1 gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          if (changed && !preview.fault && !textFault) submit({ server, tool: tool.name, ...after });
        }}
      >
        <NameField
          server={server}
          own={tool.name}
          text={name}
          onText={setName}
          preview={preview}
          nameLength={nameLength}
          error={fieldError("alias")}
        />
        <Field
          label="Description"
          aside="optional"
          error={textFault ?? fieldError("description")}
          hint={
            text.trim()
              ? "Clients read this instead of the server's own text."
              : own
                ? "Empty: clients read the server's own text, below."
                : "Empty: the server says nothing about this tool either."
          }
        >
          <Textarea rows={3} value={text} onChange={(event) => setText(event.target.value)} />
        </Field>
        {own && (
          <div className="grid gap-1.5 rounded-lg border bg-muted px-3 py-2.5">
            <div className="flex items-center justify-between gap-3">
              <p className="font-medium text-xs">The server's own text</p>
              {text.trim() !== own.trim() && (
                <Button variant="ghost" size="sm" onClick={() => setText(own)}>
                  Start from it
                </Button>
              )}
            </div>
            <p className="max-h-28 overflow-y-auto whitespace-pre-line break-words text-soft text-xs leading-5">
              {own}
            </p>
          </div>
        )}
        {renamed && preview.fault === null && (
          <p className="text-soft text-xs leading-5">
            <code className="break-all font-mono text-ink">{tool.qualifiedName}</code> goes on to answer for{" "}
            {FORMER_NAME_DAYS} days, so nobody's prompts break at once. Connected clients get the new list within
            seconds.
          </p>
        )}
        {!renamed && tool.formerNames.length > 0 && (
          <ul className="grid gap-1 text-faint text-xs leading-5">
            {tool.formerNames.map((former) => (
              <li key={former.name}>
                <code className="break-all font-mono text-soft">{former.name}</code> answers until{" "}
                {formatDay(Date.parse(former.until))}
              </li>
            ))}
          </ul>
        )}
        {error && <Callout tone="bad">{error.message}</Callout>}
        <DialogActions>
          <Button variant="secondary" onClick={onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            pending={pending}
            disabled={!changed || preview.fault !== null || textFault !== undefined}
          >
            Save
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
