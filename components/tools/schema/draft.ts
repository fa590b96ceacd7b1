import { childOf, type Draft, type Fault, type FormNode, type Json } from "./node";

/** What a fresh form holds: proposals of the schema, and room for what is required. */
export function emptyDraft(node: FormNode): Draft {
  const proposed = node.initial === undefined ? undefined : draftFrom(node, node.initial);
  if (proposed !== undefined) return proposed;
  switch (node.kind) {
    case "const":
      return null;
    case "list":
      return [];
    case "object": {
      const shown = node.fields.filter(({ required, node: inner }) => required || inner.initial !== undefined);
      return { fields: Object.fromEntries(shown.map(({ name, node: inner }) => [name, emptyDraft(inner)])) };
    }
    case "union":
      return { at: 0, draft: node.options[0] ? emptyDraft(node.options[0]) : null };
    default:
      return "";
  }
}

/** The draft that stands for a value; undefined where the form has no place for some of it. */
export function draftFrom(node: FormNode, value: unknown): Draft | undefined {
  switch (node.kind) {
    case "text":
      return typeof value === "string" ? value : undefined;
    case "number":
      return typeof value === "number" && (!node.integer || Number.isInteger(value)) ? String(value) : undefined;
    case "boolean":
      return typeof value === "boolean" ? String(value) : undefined;
    case "choice": {
      const at = node.options.findIndex((option) => same(option, value));
      return at < 0 ? undefined : String(at);
    }
    case "const":
      return same(node.value, value) ? null : undefined;
    case "json":
      return JSON.stringify(value, null, 2);
    case "list":
      return Array.isArray(value) ? whole(value.map((item) => draftFrom(node.item, item))) : undefined;
    case "object":
      return objectFrom(node.fields, value);
    case "union":
      for (const [at, option] of node.options.entries()) {
        const draft = draftFrom(option, value);
        if (draft !== undefined) return { at, draft };
      }
      return undefined;
  }
}

function objectFrom(fields: (FormNode & { kind: "object" })["fields"], value: unknown): Draft | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const drafts: [string, Draft][] = [];
  for (const [name, inner] of Object.entries(value)) {
    const field = fields.find((each) => each.name === name);
    const draft = field && draftFrom(field.node, inner);
    if (draft === undefined) return undefined;
    drafts.push([name, draft]);
  }
  return fields.every(({ name, required }) => !required || Object.hasOwn(value, name))
    ? { fields: Object.fromEntries(drafts) }
    : undefined;
}

const whole = (drafts: (Draft | undefined)[]): Draft | undefined =>
  drafts.every((draft) => draft !== undefined) ? (drafts as Draft[]) : undefined;
const same = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

/** What was typed, as a value; faults say where something cannot be read. */
export function collect(node: FormNode, draft: Draft, pointer: string, faults: Fault[]): Json | undefined {
  const fault = (message: string) => void faults.push({ at: pointer, message });
  switch (node.kind) {
    case "const":
      return node.value;
    case "text":
      return String(draft ?? "");
    case "number": {
      const typed = String(draft ?? "").trim();
      const value = Number(typed);
      if (typed === "" || !Number.isFinite(value)) return fault("A number is needed.");
      return node.integer && !Number.isInteger(value) ? fault("A whole number is needed.") : value;
    }
    case "boolean":
      return draft === "true" || (draft === "false" ? false : fault("Choose yes or no."));
    case "choice":
      return draft !== "" && node.options[Number(draft)] !== undefined
        ? node.options[Number(draft)]
        : fault("Choose one.");
    case "json":
      try {
        return JSON.parse(String(draft ?? "")) as Json;
      } catch {
        return fault("This is no valid JSON. Text needs double quotes.");
      }
    case "list":
      return asList(draft).map((item, at) => collect(node.item, item, childOf(pointer, at), faults) ?? null);
    case "object":
      return collectObject(node.fields, fieldsOf(draft), pointer, faults);
    case "union": {
      const { at, draft: inner } = asUnion(draft);
      const option = node.options[at];
      return option ? collect(option, inner, pointer, faults) : fault("Choose one.");
    }
  }
}

function collectObject(
  fields: (FormNode & { kind: "object" })["fields"],
  drafts: Record<string, Draft>,
  pointer: string,
  faults: Fault[],
): Json {
  const value: [string, Json][] = [];
  for (const { name, required, node } of fields) {
    const draft = Object.hasOwn(drafts, name) ? drafts[name] : undefined;
    const at = childOf(pointer, name);
    // An empty text that is not required was put there on purpose (from JSON): the form itself leaves such a field out.
    const empty = draft === undefined || (draft === "" && (required || node.kind !== "text"));
    if (empty) {
      if (required) faults.push({ at, message: "This is required." });
      continue;
    }
    const inner = collect(node, draft, at, faults);
    if (inner !== undefined) value.push([name, inner]);
  }
  return Object.fromEntries(value);
}

export const asList = (draft: Draft): Draft[] => (Array.isArray(draft) ? draft : []);
export const fieldsOf = (draft: Draft): Record<string, Draft> =>
  typeof draft === "object" && draft !== null && !Array.isArray(draft) && "fields" in draft ? draft.fields : {};
export const asUnion = (draft: Draft): { at: number; draft: Draft } =>
  typeof draft === "object" && draft !== null && !Array.isArray(draft) && "at" in draft ? draft : { at: -1, draft: "" };
