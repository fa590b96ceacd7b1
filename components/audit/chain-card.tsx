"use client";

import { Link2, ShieldAlert, ShieldCheck } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy";
import { Progress } from "@/components/ui/progress";
import { Time } from "@/components/ui/time";
import type { Action } from "@/lib/action-state";
import { formatCount, plural } from "@/lib/format";
import { paths } from "@/lib/paths";
import type { VerifyAuditInput } from "@/lib/services/audit/schemas";
import type { AuditHead, AuditVerifyView } from "@/lib/services/audit/view";

interface ChainProps {
  slug: string;
  /** The chain's end when the page was made; null before the first event. */
  head: AuditHead | null;
  onVerify: Action<VerifyAuditInput, AuditVerifyView>;
}

/** Events a step; so long chains show that they are being followed. */
const STEP = 2_000;

/** Whether the log was tampered with: every event carries the hash of the one before, and this follows them all. */
export function ChainCard({ slug, head, onVerify }: ChainProps) {
  const [result, setResult] = useState<AuditVerifyView | null>(null);
  const [running, setRunning] = useState<{ checked: number; of: number } | null>(null);
  const [failure, setFailure] = useState<string | null>(null);

  async function verify() {
    setFailure(null);
    setResult(null);
    setRunning({ checked: 0, of: head?.seq ?? 0 });
    try {
      for (let after: string | undefined; ; ) {
        const step = await onVerify({ after, limit: STEP });
        if (!step.ok) return setFailure(step.message);
        setRunning({ checked: step.data.checked, of: step.data.head?.seq ?? 0 });
        if (step.data.next === null) return setResult(step.data);
        after = step.data.next;
      }
    } catch {
      setFailure("The server did not answer. Try again.");
    } finally {
      setRunning(null);
    }
  }
  const end = result?.head ?? head;
  return (
    <Card className="grid gap-3 px-5 py-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <Mark result={result} />
        <div aria-live="polite" className="min-w-0 flex-1 basis-72 text-sm leading-6">
          {result ? (
            <Verdict slug={slug} result={result} />
          ) : (
            <>
              <p className="font-medium">
                {running
                  ? `Following the chain: ${formatCount(running.checked)} of ${formatCount(running.of)}`
                  : "Every event is chained to the one before"}
              </p>
              <p className="text-faint">
                An event edited, removed or slipped in breaks the chain. Verify follows it whole.
              </p>
            </>
          )}
        </div>
        <Button variant="secondary" pending={running !== null} onClick={() => void verify()}>
          {result === null ? "Verify" : "Verify again"}
        </Button>
      </div>
      {running && <Progress label="Events checked" value={running.of > 0 ? running.checked / running.of : null} />}
      {failure && <Callout tone="bad">{failure}</Callout>}
      {end && (
        <p className="flex items-center gap-1.5 border-t pt-2 text-faint text-xs">
          <span className="shrink-0">Head, event {formatCount(end.seq)}:</span>
          <code className="min-w-0 truncate font-mono">{end.headHash}</code>
          <CopyButton text={`${end.seq} ${end.headHash}`} label="Copy the head, to keep elsewhere" />
        </p>
      )}
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

function Verdict({ slug, result }: { slug: string; result: AuditVerifyView }) {
  const { ok, checked, broken, unchained, checkedAt } = result;
  const old = unchained > 0 && (
    <p className="text-faint">
      {plural(unchained, "event")} from before there was a chain; nothing is said about them.
    </p>
  );
  if (ok)
    return (
      <>
        <p className="font-medium text-good">{`${plural(checked, "event")}, unbroken`}</p>
        <p className="text-faint">
          Verified up to event {formatCount(checked)}, <Time at={checkedAt} />. Note the head down elsewhere: it proves
          later that nothing before it was changed.
        </p>
        {old}
      </>
    );
  return (
    <>
      <p className="font-medium text-bad">{`Broken at event ${formatCount(broken?.seq ?? 0)}. ${broken?.why ?? ""}`}</p>
      <p className="text-soft">
        Somebody changed the database past the product, or a backup was put back in part. Events before this one hold;
        do not rely on those after it. Keep a copy of the database, compare with exports and backups, and look at who
        has access to it.{" "}
        {broken?.eventId && (
          <Link href={paths.auditEvent(slug, broken.eventId)} className="text-accent-text hover:underline">
            Show the event
          </Link>
        )}
      </p>
      {old}
    </>
  );
}
