import { isObject } from "@/lib/is-object";
import { type Edit, splice, topLevelSpans } from "@/lib/mcp/json-span";
import type { Era } from "@/lib/mcp/protocol";

/** The lists besides tools, each by the member that its entries are addressed by. */
export const OFFER_KEYS = { prompts: "name", resources: "uri", resourceTemplates: "uriTemplate" } as const;
export type OfferKind = keyof typeof OFFER_KEYS;

type Check = (value: unknown) => boolean;
const isText: Check = (value) => typeof value === "string";
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);

const isIcon: Check = (value) =>
  isObject(value) && isText(value.src) && optional(isText)(value.mimeType) && optional(listOf(isText))(value.sizes);
const isArgument: Check = (value) =>
  isObject(value) &&
  isText(value.name) &&
  optional(isText)(value.description) &&
  optional((required) => typeof required === "boolean")(value.required);
const isRole: Check = (value) => value === "user" || value === "assistant";

/** Fields that older clients know, and the only form in which they take them. */
const FORMS: Record<string, Check> = {
  title: isText,
  description: isText,
  mimeType: isText,
  size: (value) => typeof value === "number",
  icons: listOf(isIcon),
  arguments: listOf(isArgument),
  annotations: (value) =>
    isObject(value) &&
    optional(listOf(isRole))(value.audience) &&
    optional((priority) => typeof priority === "number" && priority >= 0 && priority <= 1)(value.priority) &&
    optional(isText)(value.lastModified),
  _meta: isObject,
};

/**
 * An entry of such a list (JSON text) under the name by which clients see it, all other bytes kept. Older clients drop a
 * whole list for one field that they cannot read, so for them such a field goes under a name that nobody knows (`x-…`),
 * and a resource without a name gets its URI for one.
 * @returns null where the entry is no usable JSON object
 */
export function showOffer(kind: OfferKind, definition: string, exposed: string, era: Era): string | null {
  try {
    const spans = topLevelSpans(definition);
    const key = spans.get(OFFER_KEYS[kind]);
    if (!key) return null;
    const edits: Edit[] = [{ start: key.valueStart, end: key.valueEnd, text: JSON.stringify(exposed) }];
    if (era === "modern") return splice(definition, edits);
    const value = JSON.parse(definition) as Record<string, unknown>;
    const putAside = (field: string) => {
      const span = spans.get(field);
      if (!span) return;
      const keyEnd = definition.lastIndexOf('"', definition.lastIndexOf(":", span.valueStart)) + 1;
      edits.push({ start: span.keyStart, end: keyEnd, text: JSON.stringify(`x-${field}`) });
    };
    for (const [field, fits] of Object.entries(FORMS))
      if (Object.hasOwn(value, field) && !fits(value[field])) putAside(field);
    const nameless = kind !== "prompts" && !isText(value.name);
    if (nameless) putAside("name");
    const text = splice(definition, edits).trimEnd();
    return nameless ? `${text.slice(0, -1)},"name":${JSON.stringify(exposed)}}` : text;
  } catch {
    return null;
  }
}
