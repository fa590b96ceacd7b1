"use client";

import { Laptop, LogOut, Smartphone } from "lucide-react";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toast";
import type { Action } from "@/lib/action-state";
import { paths } from "@/lib/paths";
import type { EndSessionInput } from "@/lib/services/session/schemas";
import type { EndedSessionsView, SessionView } from "@/lib/services/session/view";

interface SessionListProps {
  sessions: SessionView[];
  /** Names of the providers by id. */
  providers: Record<string, string>;
  onEnd: Action<EndSessionInput, EndedSessionsView>;
  onEndOthers: Action<void, EndedSessionsView>;
  onEndEverywhere: Action<void, EndedSessionsView>;
}

/** Where the person is signed in to the dashboard, and how to end that. */
export function SessionList({ sessions, providers, onEnd, onEndOthers, onEndEverywhere }: SessionListProps) {
  const [ending, setEnding] = useState<SessionView | null>(null);
  const [asking, setAsking] = useState<"others" | "everywhere" | null>(null);
  const others = sessions.filter(({ current }) => !current).length;
  return (
    <Card>
      <CardHeader
        title="Where you are signed in"
        description="Browsers with a sign-in to this dashboard. Device names are what the browser says of itself."
        action={
          <div className="flex flex-wrap gap-2">
            {others > 0 && (
              <Button variant="secondary" size="sm" onClick={() => setAsking("others")}>
                End all others
              </Button>
            )}
            <Button variant="quietDanger" size="sm" onClick={() => setAsking("everywhere")}>
              <LogOut aria-hidden /> Sign out everywhere
            </Button>
          </div>
        }
      />
      <ul aria-label="Sign-ins" className="divide-y divide-line border-t">
        {sessions.map((session) => (
          <SessionRow
            key={session.id}
            session={session}
            method={session.method === "password" ? "password" : (providers[session.method] ?? session.method)}
            onEnd={() => setEnding(session)}
          />
        ))}
      </ul>
      <ConfirmDialog
        open={ending !== null}
        onOpenChange={(open) => !open && setEnding(null)}
        title="End this sign-in?"
        confirm="End sign-in"
        onConfirm={() => onEnd({ session: ending?.id ?? "" })}
        onDone={() => toast.success("Sign-in ended")}
      >
        {ending?.device} at {ending?.sourceIp ?? "an unknown address"} has to sign in again with its next click.
      </ConfirmDialog>
      <ConfirmDialog
        open={asking === "others"}
        onOpenChange={(open) => !open && setAsking(null)}
        title="End all other sign-ins?"
        confirm="End all others"
        onConfirm={() => onEndOthers()}
        onDone={({ ended }) => toast.success(ended === 1 ? "1 sign-in ended" : `${ended} sign-ins ended`)}
      >
        You stay signed in here. All other browsers have to sign in again.
      </ConfirmDialog>
      <ConfirmDialog
        open={asking === "everywhere"}
        onOpenChange={(open) => !open && setAsking(null)}
        title="Sign out everywhere?"
        confirm="Sign out everywhere"
        onConfirm={() => onEndEverywhere()}
        onDone={() => window.location.assign(paths.signIn)}
      >
        All browsers have to sign in again, this one too. API keys and the tokens of your MCP clients go on working;
        revoke those where they are listed.
      </ConfirmDialog>
    </Card>
  );
}

function SessionRow({ session, method, onEnd }: { session: SessionView; method: string; onEnd(): void }) {
  const { device, sourceIp, createdAt, lastSeenAt, current } = session;
  const Icon = /iPhone|Android|iPad/.test(device) ? Smartphone : Laptop;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-5 py-3.5">
      <Icon aria-hidden className="size-5 shrink-0 text-faint" />
      <div className="min-w-52 flex-1 text-sm">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {device} {current && <Badge tone="good">This browser</Badge>}
        </p>
        <p className="text-faint text-xs leading-5">
          <span className="font-mono">{sourceIp ?? "unknown address"}</span> · by {method} · signed in{" "}
          <Time at={createdAt} /> · last seen <Time at={lastSeenAt} />
        </p>
      </div>
      {!current && (
        <Button variant="quietDanger" size="sm" onClick={onEnd} aria-label={`End the sign-in of ${device}`}>
          End
        </Button>
      )}
    </li>
  );
}
