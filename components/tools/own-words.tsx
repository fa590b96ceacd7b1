import type { ListedTool } from "@/lib/services/tool/view";

/** Says where an admin's words stand in place of the server's own. */
export function OwnWords({ tool }: { tool: Pick<ListedTool, "alias" | "name" | "ownDescription"> }) {
  const { alias, name, ownDescription } = tool;
  if (alias === null && ownDescription === null) return null;
  return (
    <span className="mt-0.5 break-all text-faint text-xs">
      {alias !== null && (
        <>
          renamed from <code className="font-mono">{name}</code>
        </>
      )}
      {alias !== null && ownDescription !== null && ", "}
      {ownDescription !== null && "described here"}
    </span>
  );
}
