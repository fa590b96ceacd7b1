import { plural } from "@/lib/format";
import type { ServerRemovalView } from "@/lib/services/server/view";

const SHOWN = 8;

/** What goes with a server, name by name. */
export function RemovalFacts({ tools, members, secrets, rules }: ServerRemovalView) {
  return (
    <div className="grid gap-2">
      <p>It disappears from every connected client within seconds. Its calls stay in the record.</p>
      <Names title={plural(tools.length, "tool")} names={tools} mono />
      <Names title={`${plural(members.length, "member")} can use it now`} names={members} />
      {(secrets > 0 || rules > 0) && (
        <p>
          {[secrets > 0 && plural(secrets, "sealed secret"), rules > 0 && plural(rules, "rule")]
            .filter(Boolean)
            .join(" and ")}{" "}
          of this server will be deleted.
        </p>
      )}
    </div>
  );
}

function Names({ title, names, mono }: { title: string; names: string[]; mono?: boolean }) {
  const more = names.length - SHOWN;
  return (
    <p className="break-words">
      <span className="font-medium text-ink">{title}</span>
      {names.length > 0 && ": "}
      <span className={mono ? "font-mono text-[0.8125rem]" : undefined}>{names.slice(0, SHOWN).join(", ")}</span>
      {more > 0 && ` and ${more} more`}
    </p>
  );
}
