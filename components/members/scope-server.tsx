"use client";

import { Badge } from "@/components/ui/badge";
import { Choice } from "@/components/ui/choice";
import { plural } from "@/lib/format";
import type { ServerTools } from "@/lib/services/tool/view";

interface ScopeServerProps {
  server: ServerTools;
  /** undefined: not chosen; null: all of its tools. */
  tools: string[] | null | undefined;
  onChange(tools: string[] | null | undefined): void;
}

/** One server in the scope editor: all of it, or some of its tools. */
export function ScopeServer({ server, tools, onChange }: ScopeServerProps) {
  const names = server.tools.map((tool) => tool.name);
  const chosen = (name: string) => tools === null || (tools?.includes(name) ?? false);
  function toggle(name: string, on: boolean) {
    const now = tools === null ? names : (tools ?? []);
    const next = on ? [...now, name] : now.filter((entry) => entry !== name);
    onChange(next.length === 0 ? undefined : next);
  }
  const count = tools === null ? names.length : (tools?.length ?? 0);
  return (
    <li className="border-b px-4 py-2 last:border-b-0">
      <Choice
        type="checkbox"
        checked={tools !== undefined}
        onChange={(event) => onChange(event.target.checked ? null : undefined)}
        note={tools === null ? "All tools, also those added later" : `${count} of ${plural(names.length, "tool")}`}
      >
        <span className="font-medium">{server.name}</span>{" "}
        <code className="font-mono text-faint text-xs">{server.slug}</code>
      </Choice>
      {names.length > 0 && (
        <details className="pb-1 pl-7">
          <summary className="w-fit rounded text-accent-text text-xs leading-6">Choose tools</summary>
          <ul className="grid sm:grid-cols-2 sm:gap-x-4">
            {server.tools.map((tool) => (
              <li key={tool.name} className="min-w-0">
                <Choice
                  type="checkbox"
                  checked={chosen(tool.name)}
                  onChange={(event) => toggle(tool.name, event.target.checked)}
                >
                  <span className="break-all font-mono text-[0.8125rem]">{tool.name}</span>{" "}
                  {tool.readOnly && <Badge>reads only</Badge>}
                </Choice>
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}
