import { KeyRound, Lock, TriangleAlert, UserRound } from "lucide-react";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { Time } from "@/components/ui/time";
import { plural } from "@/lib/format";
import type { StoredView, WorkspaceSecretView } from "@/lib/services/secret/view";
import { MODES } from "./modes";

interface RowProps {
  name: string;
  badges: ReactNode;
  note: ReactNode;
  /** What can be done. */
  children: ReactNode;
}

/** One secret in a list: its name, its state, what is known of it, and what can be done. */
export function Row({ name, badges, note, children }: RowProps) {
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-3 border-b px-5 py-3.5 last:border-b-0">
      <KeyRound aria-hidden className="size-4 shrink-0 text-faint" />
      <div className="grid min-w-52 flex-1 gap-1">
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <span className="break-all font-medium font-mono text-[0.8125rem]">{name}</span>
          {badges}
        </p>
        <p className="text-faint text-xs leading-5">{note}</p>
      </div>
      <div className="flex gap-1.5 pl-8 sm:pl-0">{children}</div>
    </li>
  );
}

/** Whether something is stored that can be used, as a badge. */
export function StateBadge({ stored }: { stored: StoredView | null }) {
  if (stored?.usable)
    return (
      <Badge>
        <Lock aria-hidden /> Sealed
      </Badge>
    );
  return (
    <Badge tone="warn">
      <TriangleAlert aria-hidden /> {stored ? "Set again" : "Not set"}
    </Badge>
  );
}

/** State and mode of a workspace's secret. */
export function SecretBadges({ secret }: { secret: WorkspaceSecretView }) {
  return (
    <>
      {(secret.mode !== "member" || secret.shared) && <StateBadge stored={secret.shared} />}
      {secret.mode !== "shared" && (
        <Badge tone="accent">
          <UserRound aria-hidden /> {MODES[secret.mode].label}
        </Badge>
      )}
    </>
  );
}

/** Version, age and last use of a stored value. */
export function StoredFacts({ stored }: { stored: StoredView }) {
  return (
    <>
      version {stored.version}, <Time at={stored.updatedAt} /> ·{" "}
      {stored.lastUsedAt ? (
        <>
          last used <Time at={stored.lastUsedAt} />
        </>
      ) : (
        "not used yet"
      )}
    </>
  );
}

/** What is known of a workspace's secret, in one line. */
export function SecretNote({ secret }: { secret: WorkspaceSecretView }) {
  const { shared, headers, mode, members, missing } = secret;
  return (
    <>
      {headers.length > 0
        ? `In ${headers.join(", ")}`
        : secret.server.kind === "hosted"
          ? "Declared by no deployment now"
          : "Used by no header"}
      {missing && " · calls to this server are refused until it is set"}
      {shared &&
        !shared.usable &&
        ` · sealed for ${shared.origin}, ${secret.server.kind === "hosted" ? "as an earlier deployment declared" : "where the server was before"}`}
      {shared?.usable && (
        <>
          {" · "}
          <StoredFacts stored={shared} />
        </>
      )}
      {mode === "member" && shared && " · the shared value is not used"}
      {mode !== "shared" &&
        ` · ${members === 0 ? "no member has" : `${plural(members, "member has", "members have")}`} set their own`}
      {mode === "shared" && members > 0 && ` · ${plural(members, "own value is", "own values are")} not used`}
    </>
  );
}
