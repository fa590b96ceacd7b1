import { CircleAlert, CircleCheck } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { Callout } from "@/components/ui/callout";
import { plural } from "@/lib/format";
import { paths } from "@/lib/paths";
import type { ProbeView } from "@/lib/services/server/view";
import { TRANSPORT_LABEL } from "./server-status";

const SHOWN_TOOLS = 12;

interface ProbeResultProps {
  probe: ProbeView;
  /** The test was made with a credential. */
  credentialGiven: boolean;
  instanceOwner: boolean;
}

/** What a test found: the server's own account of itself, or the reason and the next step. */
export function ProbeResult(props: ProbeResultProps) {
  const { probe } = props;
  if (!probe.ok) return <ProbeProblem {...props} />;
  return (
    <div className="grid gap-4 rounded-xl border border-good-mark/30 bg-surface p-4" aria-live="polite">
      <p className="flex items-center gap-2 font-medium text-good text-sm">
        <CircleCheck aria-hidden className="size-4" /> The server answers
      </p>
      <dl className="grid gap-x-8 gap-y-3 text-sm sm:grid-cols-3">
        <Fact name="Server">
          {probe.serverName ?? "unnamed"} <span className="text-faint">{probe.serverVersion}</span>
        </Fact>
        <Fact name="Transport">{probe.transport ? TRANSPORT_LABEL[probe.transport] : "–"}</Fact>
        <Fact name="Protocol">{probe.protocolVersion ?? "–"}</Fact>
      </dl>
      <div className="grid gap-2">
        <p className="text-faint text-xs">{plural(probe.tools.length, "tool")}</p>
        <ul className="flex flex-wrap gap-1.5">
          {probe.tools.slice(0, SHOWN_TOOLS).map((tool) => (
            <li key={tool.name} title={tool.description ?? undefined}>
              <Badge className="font-mono font-normal">{tool.name}</Badge>
            </li>
          ))}
          {probe.tools.length > SHOWN_TOOLS && (
            <li>
              <Badge>and {probe.tools.length - SHOWN_TOOLS} more</Badge>
            </li>
          )}
        </ul>
      </div>
    </div>
  );
}

/** True where the answer asks for a credential. */
export const wantsCredential = (probe: ProbeView): boolean =>
  probe.problem === "unauthorized" || probe.problem === "missing_secret";

function ProbeProblem({ probe, credentialGiven, instanceOwner }: ProbeResultProps) {
  if (wantsCredential(probe)) {
    const refused = credentialGiven && probe.problem === "unauthorized";
    const status = probe.status ? ` (${probe.status})` : "";
    return (
      <Callout
        tone="warn"
        title={`${refused ? "The server refused this credential" : "The server wants a credential"}${status}`}
      >
        {refused || probe.problem === "missing_secret"
          ? probe.message
          : "Choose how it is sent, paste the value, then test again."}
      </Callout>
    );
  }
  return (
    <Callout tone="bad" title="The test did not succeed">
      <p>{probe.message}</p>
      {probe.problem === "refused_address" && <PrivateAddressHelp instanceOwner={instanceOwner} />}
    </Callout>
  );
}

/** Where the operator's switch for private addresses is. */
export function PrivateAddressHelp({ instanceOwner }: { instanceOwner: boolean }) {
  return (
    <p className="mt-2 flex items-start gap-2">
      <CircleAlert aria-hidden className="mt-1 size-4 shrink-0" />
      {instanceOwner ? (
        <span>
          You own this installation: allow the host or range on the{" "}
          <Link href={paths.instance} className="font-medium underline underline-offset-4">
            Instance page
          </Link>
          , then test again.
        </span>
      ) : (
        <span>Ask the owner of this installation to allow the host on the Instance page.</span>
      )}
    </p>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-faint text-xs">{name}</dt>
      <dd className="truncate">{children}</dd>
    </div>
  );
}
