"use client";

import { MailCheck, TriangleAlert } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { CopyButton, CopyField } from "@/components/ui/copy";
import { DialogActions } from "@/components/ui/dialog";
import type { InvitedView } from "@/lib/services/invitation/view";

interface ResultProps {
  result: InvitedView[];
  /** Closing was tried with a link uncopied. */
  warned: boolean;
  copied: boolean;
  onCopied(): void;
  onClose(): void;
}

/** Every link once, with what was mailed and what went wrong. */
export function InviteResult({ result, warned, copied, onCopied, onClose }: ResultProps) {
  const links = result.flatMap((entry) => (entry.url ? [`${nameOf(entry)} ${entry.url}`] : []));
  return (
    <>
      <div className="grid grid-cols-1 gap-4">
        <p className="text-soft text-sm leading-6">
          Copy the links that were not mailed: only their fingerprints are stored. Resending makes a new one.
        </p>
        <ul className="grid gap-4">
          {result.map((entry) => (
            <li key={nameOf(entry)} className="grid gap-1.5">
              <p className="flex flex-wrap items-center gap-2 text-sm">
                <span className="min-w-0 break-all font-medium">{nameOf(entry)}</span>
                {entry.mailed && (
                  <Badge tone="good">
                    <MailCheck aria-hidden /> mailed
                  </Badge>
                )}
                {entry.url === null && (
                  <Badge tone="bad">
                    <TriangleAlert aria-hidden /> not invited
                  </Badge>
                )}
              </p>
              {entry.url && <CopyField value={entry.url} label={`link for ${nameOf(entry)}`} onCopied={onCopied} />}
              {entry.problem && <p className="text-sm text-warn leading-6">{entry.problem}</p>}
            </li>
          ))}
        </ul>
        {warned && (
          <Callout tone="warn" title="You have copied no link yet">
            They will not be shown again. Close anyway, and you will have to resend the invitations.
          </Callout>
        )}
      </div>
      <DialogActions>
        {links.length > 1 && (
          <CopyButton
            showLabel
            variant="secondary"
            text={links.join("\n")}
            label="Copy all links"
            onCopied={onCopied}
          />
        )}
        <Button variant={copied ? "primary" : "secondary"} onClick={onClose}>
          {copied ? "Done" : warned ? "Close anyway" : "Close"}
        </Button>
      </DialogActions>
    </>
  );
}

const nameOf = ({ email, domain }: InvitedView): string => email ?? `Anyone of ${domain}`;
