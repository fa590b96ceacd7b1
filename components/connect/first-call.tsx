import { BarChart3, Check, CircleCheck, Play, ScrollText, UserPlus } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { OUTCOMES, OutcomeBadge } from "@/components/calls/outcome";
import { Dot } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import { formatDuration } from "@/lib/format";
import { paths } from "@/lib/paths";
import type { ConnectionProgressView } from "@/lib/services/token/view";

interface FirstCallProps {
  slug: string;
  progress: ConnectionProgressView;
  /** Nothing came for a while: what may be wrong. */
  faults: string[] | null;
  /** The person may invite others. */
  canInvite: boolean;
  /** Opens the way that needs no client; null where the person may not. */
  onRun: (() => void) | null;
}

/** The light that turns on when a call has come through, and shows how far the client is until then. */
export function FirstCall({ slug, progress, faults, canInvite, onRun }: FirstCallProps) {
  const { call } = progress;
  return (
    <Card className={cn("p-5", call?.outcome === "ok" && "border-good-mark/40")}>
      <div role="status" className="grid gap-4">
        {call ? <Arrived slug={slug} call={call} canInvite={canInvite} /> : <Waiting progress={progress} />}
      </div>
      {!call && faults && (
        <div className="mt-4 grid gap-2 border-t pt-4 text-soft text-sm leading-6">
          <p className="font-medium text-ink">
            {progress.seenAt ? "Connected, but no call yet" : "Nothing yet? Most often it is one of these:"}
          </p>
          <ul className="grid list-outside list-disc gap-1 pl-4 marker:text-faint">
            {faults.map((fault) => (
              <li key={fault}>{fault}</li>
            ))}
          </ul>
        </div>
      )}
      {!call && onRun && (
        <div className="mt-4 grid gap-2 border-t pt-4">
          <p className="text-soft text-sm leading-6">No client at hand? Run a tool right in this page.</p>
          <div>
            <Button variant="secondary" size="sm" onClick={onRun}>
              <Play aria-hidden /> Run it here
            </Button>
          </div>
        </div>
      )}
    </Card>
  );
}

function Waiting({ progress: { client, seenAt, listedAt } }: { progress: ConnectionProgressView }) {
  return (
    <>
      <p className="flex items-center gap-3 font-medium text-sm">
        <Dot tone="accent" live className="ml-1 size-2.5" /> Waiting for your first call
      </p>
      <ol className="grid gap-2.5">
        <Mark done={seenAt !== null} title="Connected">
          {seenAt ? (client ?? "A client that does not say its name") : "The client says hello."}
        </Mark>
        <Mark done={listedAt !== null} title="Tools listed">
          {listedAt ? "It knows the tools of this workspace." : "It asks which tools there are."}
        </Mark>
        <Mark done={false} title="First call">
          Ask your assistant to use a tool. This light turns green by itself.
        </Mark>
      </ol>
    </>
  );
}

function Mark({ done, title, children }: { done: boolean; title: string; children: ReactNode }) {
  return (
    <li className="flex items-start gap-3">
      <span
        className={cn(
          "mt-0.5 grid size-5 shrink-0 place-items-center rounded-full border",
          done ? "border-good-mark/40 bg-good-soft text-good" : "text-faint",
        )}
      >
        {done && <Check aria-label="Done" className="size-3" />}
      </span>
      <span className="grid min-w-0">
        <span className={cn("text-sm", done && "font-medium")}>{title}</span>
        <span className="break-words text-faint text-xs leading-5">{children}</span>
      </span>
    </li>
  );
}

interface ArrivedProps {
  slug: string;
  call: NonNullable<ConnectionProgressView["call"]>;
  canInvite: boolean;
}

function Arrived({ slug, call, canInvite }: ArrivedProps) {
  const ok = call.outcome === "ok";
  return (
    <>
      <p className={cn("flex items-center gap-2.5 font-medium text-sm", ok && "text-good")}>
        <CircleCheck aria-hidden className="size-5" /> {ok ? "It works" : "Your call arrived"}
      </p>
      <p className="text-soft text-sm leading-6">
        <span className="font-medium text-ink">{call.actor}</span> called{" "}
        <code className="break-all font-mono text-[0.8125rem] text-ink">{call.qualifiedName}</code> in{" "}
        {formatDuration(call.durationMs)}
        {call.clientName && `, from ${call.clientName}`}.{!ok && ` ${OUTCOMES[call.outcome].meaning}`}
      </p>
      <div>
        <OutcomeBadge outcome={call.outcome} />
      </div>
      <div className="flex flex-wrap gap-2 border-t pt-4">
        {canInvite && <Next href={paths.members(slug)} icon={<UserPlus aria-hidden />} title="Invite the team" />}
        <Next href={paths.analytics(slug)} icon={<BarChart3 aria-hidden />} title="See it in analytics" />
        <Next href={paths.calls(slug)} icon={<ScrollText aria-hidden />} title="All calls" />
      </div>
    </>
  );
}

function Next({ href, icon, title }: { href: string; icon: ReactNode; title: string }) {
  return (
    <Button asChild variant="secondary" size="sm">
      <Link href={href}>
        {icon} {title}
      </Link>
    </Button>
  );
}
