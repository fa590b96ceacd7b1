import { Ban, ShieldCheck } from "lucide-react";
import { plural } from "@/lib/format";
import type { MemberRemovalView } from "@/lib/services/member/view";

/** What ends with a member and what stays, before or after the fact. */
export function RemovalFacts({ removal }: { removal: MemberRemovalView }) {
  const { removed, tokensRevoked, grantsRevoked, ownSecretsDeleted, rulesDeleted, sharedSecretsUntouched } = removal;
  const ends = [
    plural(tokensRevoked, "token"),
    `${plural(grantsRevoked, "connected app")} (sign-in by OAuth)`,
    `${plural(ownSecretsDeleted, "credential")} of their own under My connections`,
    `${plural(rulesDeleted, "rule")} for them alone`,
    removed ? "Open streams: closed within a second, on every node" : "Open streams, within a second, on every node",
  ];
  return (
    <div className="grid gap-5 text-sm">
      <Facts title={removed ? "Ended" : "This ends"} items={ends} icon={<Ban aria-hidden className="text-bad" />} />
      <Facts
        title={removed ? "Untouched" : "This does not"}
        items={[
          `${plural(sharedSecretsUntouched, "shared secret")}: they never saw one, so none has to be changed`,
          "The record of their calls, and everybody else's access",
        ]}
        icon={<ShieldCheck aria-hidden className="text-good" />}
      />
    </div>
  );
}

function Facts({ title, items, icon }: { title: string; items: string[]; icon: React.ReactNode }) {
  return (
    <div className="grid gap-1.5">
      <h3 className="font-medium text-ink">{title}</h3>
      <ul className="grid gap-1">
        {items.map((item) => (
          <li
            key={item}
            className="flex items-start gap-2.5 text-soft leading-6 [&_svg]:mt-1 [&_svg]:size-4 [&_svg]:shrink-0"
          >
            {icon} {item}
          </li>
        ))}
      </ul>
    </div>
  );
}
