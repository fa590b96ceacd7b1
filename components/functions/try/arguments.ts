import type { ToolArgument } from "@/lib/services/tool/view";

/** One field of a tool's form: a top-level argument. What has parts inside is written as JSON. */
export interface ArgumentField {
  name: string;
  input: "text" | "number" | "boolean" | "choice" | "json";
  options: ToolArgument["options"];
  required: boolean;
  description: string | null;
}

/** The fields for a tool's arguments, in the tool's order. */
export function fieldsOf(found: readonly ToolArgument[]): ArgumentField[] {
  const names = [...new Set(found.map(({ path }) => path[0] ?? ""))];
  return names.map((name) => {
    const parts = found.filter(({ path }) => path[0] === name);
    const [only] = parts;
    const required = parts.some((part) => part.required);
    if (!only || parts.length > 1 || only.path.length > 1)
      return { name, input: "json", options: [], required, description: null };
    const { kind, list, options, description } = only;
    const input =
      list || kind === "unknown" ? "json" : options.length > 0 ? "choice" : kind === "string" ? "text" : kind;
    return { name, input, options, required, description };
  });
}

export type Collected = { ok: true; value: Record<string, unknown> } | { ok: false; field: string; message: string };

/** What was typed, as arguments. Empty fields are left out; a required text may be empty. */
export function collect(fields: readonly ArgumentField[], typed: Readonly<Record<string, string>>): Collected {
  const value: [string, unknown][] = [];
  for (const { name, input, options, required } of fields) {
    const text = typed[name] ?? "";
    if (text === "" && !(required && input === "text")) {
      if (required) return { ok: false, field: name, message: "This argument is required." };
      continue;
    }
    const read = readValue(input, options, text);
    if (read === undefined)
      return { ok: false, field: name, message: input === "number" ? "A number" : "This is no valid JSON." };
    value.push([name, read]);
  }
  return { ok: true, value: Object.fromEntries(value) };
}

function readValue(input: ArgumentField["input"], options: ArgumentField["options"], text: string): unknown {
  if (input === "text") return text;
  if (input === "boolean") return text === "true";
  if (input === "choice") return options.find((option) => String(option) === text) ?? text;
  if (input === "number") return text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : undefined;
  return parse(text);
}

/** Undefined where it is no JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Arguments written as one JSON object. */
export function collectJson(text: string): Collected {
  const value = parse(text.trim() === "" ? "{}" : text);
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? { ok: true, value: value as Record<string, unknown> }
    : { ok: false, field: "", message: 'A JSON object, such as {"name": "Ada"}' };
}

/** A tool's result as people read it: its text parts, and JSON set out on lines. */
export function readable(result: string): string {
  const parsed = parse(result);
  const parts = typeof parsed === "object" && parsed !== null ? Reflect.get(parsed, "content") : undefined;
  const texts = Array.isArray(parts) ? parts.map((part: unknown) => textOf(part)) : [];
  if (texts.length === 0 || texts.some((text) => text === null)) return pretty(result);
  return texts.map((text) => pretty(text ?? "")).join("\n");
}

function textOf(part: unknown): string | null {
  if (typeof part !== "object" || part === null || Reflect.get(part, "type") !== "text") return null;
  const text: unknown = Reflect.get(part, "text");
  return typeof text === "string" ? text : null;
}

function pretty(text: string): string {
  const value = /^\s*[[{]/.test(text) ? parse(text) : undefined;
  return value === undefined ? text : JSON.stringify(value, null, 2);
}
