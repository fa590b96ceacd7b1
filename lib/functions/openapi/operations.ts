import { dereference } from "./document";
import { isObject, type Json, list, object, own, strings, text } from "./json";

/** One operation, as the document has it. */
export interface Operation {
  /** `operationId`, or method and path where there is none or it stands twice. */
  id: string;
  method: string;
  path: string;
  tags: string[];
  summary: string;
  description: string;
  deprecated: boolean;
  parameters: Parameter[];
  body: Body | null;
  /** Why it cannot be a tool; null where it can. */
  unsupported: string | null;
  source: Json;
}

export interface Parameter {
  name: string;
  in: "path" | "query" | "header";
  required: boolean;
  schema: Json;
  description?: string;
  /** How lists and objects stand in a query. */
  style: "repeat" | "commas" | "deep";
}

export interface Body {
  kind: "json" | "form";
  required: boolean;
  schema: unknown;
  contentType: string;
}

const METHODS = ["get", "post", "put", "patch", "delete"];
/** Set by the transport or by the credentials. */
const NOT_ARGUMENTS = /^(?:accept|content-type|authorization|host|content-length|connection|cookie)$/i;

/** All operations in the document's order. */
export function operationsOf(document: Json): Operation[] {
  const found = Object.entries(object(document.paths)).flatMap(([path, item]) => {
    const holder = object(dereference(document, item));
    return METHODS.filter((method) => isObject(own(holder, method))).map((method) =>
      toOperation(document, path, method, object(own(holder, method)), list(holder.parameters)),
    );
  });
  const counts = new Map<string, number>();
  for (const { id } of found) counts.set(id, (counts.get(id) ?? 0) + 1);
  return found.map((each) => (counts.get(each.id) === 1 ? each : { ...each, id: `${each.method} ${each.path}` }));
}

function toOperation(document: Json, path: string, method: string, source: Json, shared: unknown[]): Operation {
  const verb = method.toUpperCase();
  const parameters = new Map<string, Parameter>();
  for (const each of [...shared, ...list(source.parameters)]) {
    const made = toParameter(object(dereference(document, each)));
    if (made) parameters.set(`${made.in} ${made.name}`, made);
  }
  for (const [, name = ""] of path.matchAll(/\{([^}]+)\}/g))
    if (!parameters.has(`path ${name}`))
      // left out by careless documents; without it there is no address
      parameters.set(`path ${name}`, { name, in: "path", required: true, schema: { type: "string" }, style: "repeat" });
  const { body, unsupported } = bodyOf(object(dereference(document, source.requestBody)));
  return {
    id: text(source.operationId) ?? `${verb} ${path}`,
    method: verb,
    path,
    tags: strings(source.tags),
    summary: text(source.summary) ?? "",
    description: text(source.description) ?? "",
    deprecated: source.deprecated === true,
    parameters: [...parameters.values()],
    body,
    unsupported,
    source,
  };
}

function toParameter(source: Json): Parameter | null {
  const { name, in: place, schema, content, style, explode } = source;
  if (typeof name !== "string" || (place !== "path" && place !== "query" && place !== "header")) return null;
  if (place === "header" && NOT_ARGUMENTS.test(name)) return null;
  return {
    name,
    in: place,
    required: place === "path" || source.required === true,
    schema: object(schema ?? object(Object.values(object(content))[0]).schema),
    description: text(source.description),
    style: style === "deepObject" ? "deep" : explode === false || place !== "query" ? "commas" : "repeat",
  };
}

function bodyOf(source: Json): { body: Body | null; unsupported: string | null } {
  const types = Object.entries(object(source.content));
  if (types.length === 0) return { body: null, unsupported: null };
  const required = source.required === true;
  const json = types.find(([type]) => /^application\/(?:[\w.+-]+\+)?json\b/i.test(type));
  const form = types.find(([type]) => /^application\/x-www-form-urlencoded\b/i.test(type));
  const [contentType, media] = json ?? form ?? [];
  if (contentType === undefined)
    return required ? { body: null, unsupported: `it takes ${types[0]?.[0]}` } : { body: null, unsupported: null };
  return {
    body: { kind: json ? "json" : "form", required, schema: object(media).schema, contentType },
    unsupported: null,
  };
}
