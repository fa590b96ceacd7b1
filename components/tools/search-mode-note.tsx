"use client";

import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toast";
import type { SaveSettings } from "@/components/workspace/settings-form";
import { formatCount, plural } from "@/lib/format";
import { SEARCH_MODE_FROM } from "@/lib/services/tool/schemas";
import type { ContextView } from "@/lib/services/workspace/view";

interface NoteProps {
  on: boolean;
  context: ContextView;
  /** Where it is switched; null for who may not. */
  settingsHref: string | null;
  onSwitch: SaveSettings;
}

/** Says what a long list costs each conversation, and where search mode is on, that clients see another one. */
export function SearchModeNote({ on, context, settingsHref, onSwitch }: NoteProps) {
  const [asking, setAsking] = useState(false);
  const { tools, listTokens, searchTokens } = context;
  if (on)
    return (
      <Callout
        title="Search mode is on"
        action={
          settingsHref && (
            <Button asChild variant="secondary" size="sm">
              <Link href={settingsHref}>Settings</Link>
            </Button>
          )
        }
      >
        In place of this list clients get <Names />: about {formatCount(searchTokens)} tokens instead of{" "}
        {formatCount(listTokens)}. Everything here can be used through them, by who may use it.
      </Callout>
    );
  if (tools <= SEARCH_MODE_FROM || settingsHref === null) return null;
  return (
    <>
      <Callout
        title={`${plural(tools, "tool")} take about ${formatCount(listTokens)} tokens of every conversation`}
        action={
          <Button variant="secondary" size="sm" className="max-sm:hidden" onClick={() => setAsking(true)}>
            Use search mode
          </Button>
        }
      >
        In search mode clients get three tools that find, describe and call the others: about{" "}
        {formatCount(searchTokens)} tokens.
        <Button variant="secondary" size="sm" className="mt-2 flex sm:hidden" onClick={() => setAsking(true)}>
          Use search mode
        </Button>
      </Callout>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Use search mode?"
        confirm="Use search mode"
        onConfirm={() => onSwitch({ searchMode: true })}
        onDone={() => toast.success("Clients now find tools by searching")}
      >
        Clients of this workspace get <Names /> in place of the full list, at once. What people may use stays as it is,
        and each call is in the log under the tool that was used. It can be switched back in the settings at any time.
      </ConfirmDialog>
    </>
  );
}

const Names = () => (
  <>
    <code className="font-mono">find_tools</code>, <code className="font-mono">describe_tool</code> and{" "}
    <code className="font-mono">call_tool</code>
  </>
);
