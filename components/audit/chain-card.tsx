"use client";

import { Link2, ShieldAlert, ShieldCheck } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy";
import { useSubmit } from "@/components/ui/use-submit";
import type { Action } from "@/lib/action-state";
import { formatCount, plural } from "@/lib/format";
import type { AuditVerifyView } from "@/lib/services/audit/view";

/** Whether the log was tampered with: every event carries the hash of the one before, and this follows them all. */
export function ChainCard({ onVerify }: { onVerify: Action<void, AuditVerifyView> }) {
  const [result, setResult] = useState<AuditVerifyView | null>(null);
  const { submit, pending, error } = useSubmit(onVerify, setResult);
  return (
    <Card className="flex flex-wrap items-center gap-x-4 gap-y-3 px-5 py-4">
      <Mark result={result} />
      <div aria-live="polite" className="min-w-0 flex-1 basis-72 text-sm leading-6">
        {result === null ? (
          <>
            <p className="font-medium">Every event is chained to the one before</p>
            <p className="text-faint">
              An event edited, removed or slipped in breaks the chain. Verify follows it whole.
            </p>
          </>
        ) : (
          <Verdict result={result} />
        )}
        {error && <Callout tone="bad">{error.message}</Callout>}
      </div>
      <Button variant="secondary" pending={pending} onClick={() => submit()}>
        {result === null ? "Verify" : "Verify again"}
      </Button>
    </Card>
  );
}

function Mark({ result }: { result: AuditVerifyView | null }) {
  if (result === null) return <Link2 aria-hidden className="size-5 text-faint" />;
  return result.ok ? (
    <ShieldCheck aria-hidden className="size-5 text-good" />
  ) : (
    <ShieldAlert aria-hidden className="size-5 text-bad" />
  );
}

function Verdict({ result: { ok, checked, head, broken, unchained } }: { result: AuditVerifyView }) {
  return (
    <>
      {ok ? (
        <p className="font-medium text-good">{`${plural(checked, "event")}, unbroken`}</p>
      ) : (
        <p className="font-medium text-bad">
          {`Broken at event ${formatCount(broken?.seq ?? 0)}. ${broken?.why ?? ""}`}
        </p>
      )}
      {head && (
        <p className="flex items-center gap-1 text-faint">
          head <code className="min-w-0 truncate font-mono text-xs">{head.headHash}</code>
          <CopyButton text={`${head.seq} ${head.headHash}`} label="Copy the head, to keep elsewhere" />
        </p>
      )}
      {unchained > 0 && <p className="text-faint">{plural(unchained, "event")} from before there was a chain.</p>}
    </>
  );
}
