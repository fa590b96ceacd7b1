import { EditToolInput, previewName } from "@/lib/services/tool/schemas";
import type { ListedTool } from "@/lib/services/tool/view";

interface Wanted {
  server: string;
  tool: Pick<ListedTool, "name">;
  siblings: readonly Pick<ListedTool, "name" | "alias" | "formerNames">[];
  nameLength: number;
  /** As typed; empty or its own name gives the name back to the server. */
  text: string;
}

/** What a typed name becomes, before anything is saved. */
export interface NamePreview {
  /** What would be stored; null: the tool's own name. */
  alias: string | null;
  /** What clients would see. */
  name: string;
  /** Of the full name, in characters. */
  length: number;
  /** Its own name is too long or has other characters, so that clients see it shortened or respelled. */
  adapted: boolean;
  /** Why it cannot be saved; null: it can. */
  fault: string | null;
}

/** @see NamePreview */
export function namePreview({ server, tool, siblings, nameLength, text }: Wanted): NamePreview {
  const typed = text.trim();
  const alias = typed === "" || typed === tool.name ? null : typed;
  const form = EditToolInput.shape.alias.safeParse(alias);
  const { name, length, clash } = previewName(server, siblings, { name: tool.name, alias }, nameLength);
  const full = `${server}__${alias ?? tool.name}`;
  const fault = !form.success
    ? (form.error.issues[0]?.message ?? "This is no name")
    : alias !== null && length > nameLength
      ? `${length} characters with "${server}__"; names here have ${nameLength} at most.`
      : clash?.kind === "now"
        ? `Another tool has this name: ${clash.with}.`
        : clash
          ? `It still answers for ${clash.with}, which had this name.`
          : null;
  return { alias, name, length, adapted: alias === null && name !== full, fault };
}
