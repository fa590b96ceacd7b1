/** One part of a tool's answer, as it may be shown. */
export type ResultPart =
  | { kind: "text"; text: string }
  /** A picture whose bytes are what their type says. */
  | { kind: "image"; src: string; type: string }
  | { kind: "link"; uri: string; name: string | null; description: string | null }
  /** What is not shown, and why. */
  | { kind: "note"; text: string };

const PICTURES: Record<string, string> = {
  "image/png": "iVBORw0KGgo",
  "image/jpeg": "/9j/",
  "image/gif": "R0lGOD",
  "image/webp": "UklGR",
};
const MAX_PICTURE = 4 << 20;
const MAX_TEXT = 200_000;

const field = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
const text = (value: unknown): string | null => (typeof value === "string" ? value : null);

/** The parts of a tool's answer. All of it is foreign: nothing becomes markup, and only plain pictures become pictures. */
export function resultParts(result: unknown): ResultPart[] {
  const content = field(result, "content");
  if (!Array.isArray(content)) return [{ kind: "text", text: pretty(result) }];
  return content.map(partOf);
}

function partOf(part: unknown): ResultPart {
  switch (field(part, "type")) {
    case "text":
      return { kind: "text", text: asJson(cut(text(field(part, "text")) ?? "")) };
    case "image":
      return image(text(field(part, "mimeType")) ?? "", text(field(part, "data")) ?? "");
    case "audio":
      return { kind: "note", text: `Audio (${text(field(part, "mimeType")) ?? "unknown type"}) is not played here.` };
    case "resource_link":
      return {
        kind: "link",
        uri: text(field(part, "uri")) ?? "",
        name: text(field(part, "name")),
        description: text(field(part, "description")),
      };
    case "resource": {
      const resource = field(part, "resource");
      const inner = text(field(resource, "text"));
      const uri = text(field(resource, "uri")) ?? "";
      return inner === null
        ? { kind: "note", text: `A binary resource is not shown: ${uri}` }
        : { kind: "text", text: `${uri}\n\n${asJson(cut(inner))}` };
    }
    default:
      return { kind: "text", text: pretty(part) };
  }
}

function image(type: string, data: string): ResultPart {
  const start = Object.hasOwn(PICTURES, type) ? PICTURES[type] : undefined;
  if (start === undefined)
    return {
      kind: "note",
      text: `A picture of the type ${type || "unknown"} is not shown: only PNG, JPEG, GIF and WebP are.`,
    };
  if (data.length > MAX_PICTURE) return { kind: "note", text: "A picture of more than 3 MiB is not shown." };
  if (!data.startsWith(start) || !/^[A-Za-z0-9+/]+={0,2}$/.test(data))
    return { kind: "note", text: `A picture that says it is ${type} is none, so it is not shown.` };
  return { kind: "image", src: `data:${type};base64,${data}`, type };
}

const cut = (long: string): string =>
  long.length <= MAX_TEXT
    ? long
    : `${long.slice(0, MAX_TEXT)}\n… ${long.length - MAX_TEXT} more characters are not shown`;

/** JSON set out on lines; other text as it is. */
function asJson(maybe: string): string {
  if (!/^\s*[[{]/.test(maybe)) return maybe;
  try {
    return JSON.stringify(JSON.parse(maybe), null, 2);
  } catch {
    return maybe;
  }
}

export const pretty = (value: unknown): string => cut(JSON.stringify(value, null, 2) ?? "");

/** What the answer holds besides its parts, for programs. */
export const structuredOf = (result: unknown): unknown => field(result, "structuredContent");
