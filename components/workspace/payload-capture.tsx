"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { SettingsCard } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import { Select, Textarea } from "@/components/ui/input";
import { Switch } from "@/components/ui/switch";
import { toast } from "@/components/ui/toast";
import { useSubmit } from "@/components/ui/use-submit";
import { plural } from "@/lib/format";
import { ALWAYS_REDACTED } from "@/lib/redacted-fields";
import type { SettingsEffectsView, WorkspaceSettingsView } from "@/lib/services/workspace/view";
import { choicesWith, type SaveSettings } from "./settings-form";

interface CaptureProps {
  settings: Pick<WorkspaceSettingsView, "keepArgumentsDays" | "keepResults" | "redactFields">;
  /** What is kept now, and would be deleted. */
  kept: Pick<SettingsEffectsView, "keptArguments" | "keptResults">;
  onSave: SaveSettings;
}

const CHOICES = [0, 1, 3, 7, 14, 30];
const namesOf = (text: string): string[] => [
  ...new Set(
    text
      .split(/[\n,]/)
      .map((name) => name.trim().toLowerCase())
      .filter(Boolean),
  ),
];

/** Whether arguments and results of calls are kept for a while; off unless chosen. */
export function PayloadCapture({ settings, kept, onSave }: CaptureProps) {
  const [days, setDays] = useState(settings.keepArgumentsDays);
  const [results, setResults] = useState(settings.keepResults);
  const [fields, setFields] = useState(settings.redactFields.join("\n"));
  const [asking, setAsking] = useState(false);
  const input = { keepArgumentsDays: days, keepResults: days > 0 && results, redactFields: namesOf(fields) };
  const done = () => toast.success(days === 0 ? "Payloads are not kept" : "Saved, for calls from now on");
  const { submit, pending, error } = useSubmit(onSave, done);
  const { keptArguments, keptResults } = kept;
  const lost = days === 0 ? Math.max(keptArguments, keptResults) : !results && settings.keepResults ? keptResults : 0;
  const changed =
    days !== settings.keepArgumentsDays ||
    input.keepResults !== settings.keepResults ||
    input.redactFields.join() !== settings.redactFields.join();
  return (
    <SettingsCard
      title="Payload capture"
      description="Without it, only that a call was made is recorded, by whom and how it went: never what was sent or answered."
    >
      <form
        className="grid gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          if (lost > 0) setAsking(true);
          else submit(input);
        }}
      >
        <Field
          label="Keep arguments"
          hint={
            days === 0
              ? "Nothing is stored. Rules can still be tried on arguments that you type in."
              : "Sealed with the workspace's key like secrets, 64 KiB of each at most, and deleted after this time."
          }
        >
          <Select className="sm:w-60" value={days} onChange={(event) => setDays(Number(event.target.value))}>
            {choicesWith(CHOICES, settings.keepArgumentsDays).map((choice) => (
              <option key={choice} value={choice}>
                {choice === 0 ? "Not at all" : `For ${plural(choice, "day")}`}
              </option>
            ))}
          </Select>
        </Field>
        {days > 0 && (
          <>
            <div className="flex items-start justify-between gap-6">
              <div className="grid gap-0.5">
                <p className="font-medium text-sm">Keep results too</p>
                <p className="text-faint text-xs leading-5">What servers answered, for the same time.</p>
              </div>
              <Switch checked={results} onCheckedChange={setResults} label="Keep results too" />
            </div>
            <Field
              label="Leave out the values of"
              aside="optional"
              hint={
                <>
                  One name a line. Case, dashes and underscores make no difference, and{" "}
                  <code className="font-mono">email</code> covers <code className="font-mono">userEmail</code> too.
                  Always left out: {ALWAYS_REDACTED.map((name) => name.replaceAll("_", " ")).join(", ")}.
                </>
              }
            >
              <Textarea
                mono
                rows={3}
                spellCheck={false}
                placeholder={"email\nphone\niban"}
                value={fields}
                onChange={(event) => setFields(event.target.value)}
              />
            </Field>
            <p className="text-soft text-sm leading-6">
              Owners and admins may open a payload in the drawer of its call; each time is recorded in the audit log.
              Members and auditors never see one.
            </p>
          </>
        )}
        {error && <Callout tone="bad">{error.message}</Callout>}
        <div>
          <Button type="submit" variant="secondary" pending={pending} disabled={!changed}>
            Save
          </Button>
        </div>
      </form>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={days === 0 ? "Stop keeping payloads?" : "Stop keeping results?"}
        confirm={days === 0 ? "Stop and delete" : "Delete results"}
        onConfirm={() => onSave(input)}
        onDone={done}
      >
        <strong className="font-medium text-ink">
          {days === 0 ? `The payloads of ${atMost(lost, "call")}` : `The results of ${atMost(lost, "call")}`}
        </strong>{" "}
        are deleted at once. The calls themselves stay in the log. This cannot be undone.
      </ConfirmDialog>
    </SettingsCard>
  );
}

/** Counting stopped at 100,000. */
const atMost = (count: number, one: string): string => `${count >= 100_000 ? "more than " : ""}${plural(count, one)}`;
