import { parse } from "yaml";
import { isObject, type Json, list, object, own, text } from "./json";

/** Bounds of what is imported. YAML costs about 20 times JSON's time, so its bound is lower. Sizes are characters. */
export const OPENAPI_LIMITS = { json: 16 << 20, yaml: 2 << 20, tools: 40, operations: 5_000, depth: 200 } as const;

/** The document is not one that can be imported; the message tells its reader why. */
export class OpenapiError extends Error {
  override readonly name = "OpenapiError";
}

/** Reads OpenAPI 3.0 or 3.1, JSON or YAML. @throws OpenapiError */
export function readDocument(source: string): Json {
  const isJson = /^\s*[{[]/.test(source);
  const most = isJson ? OPENAPI_LIMITS.json : OPENAPI_LIMITS.yaml;
  if (source.length > most)
    throw new OpenapiError(`The document is too large: ${isJson ? "JSON" : "YAML"} may have ${most >> 20} MiB.`);
  const document = isJson
    ? parsed(() => JSON.parse(source), "JSON")
    : parsed(() => parse(source, { maxAliasCount: 50 }), "YAML");
  if (!isObject(document)) throw new OpenapiError("This is no OpenAPI document.");
  const version = text(document.openapi) ?? "";
  if (own(document, "swagger") !== undefined)
    throw new OpenapiError("This is Swagger 2.0. Convert it to OpenAPI 3 first, for instance with editor.swagger.io.");
  if (!/^3\.[01]\.\d+/.test(version)) throw new OpenapiError("Only OpenAPI 3.0 and 3.1 can be imported.");
  if (!isObject(document.paths)) throw new OpenapiError("The document has no paths.");
  return document;
}

function parsed(read: () => unknown, kind: string): unknown {
  try {
    return read();
  } catch (error) {
    const why = error instanceof Error ? (error.message.split("\n")[0] ?? "").slice(0, 200) : "";
    throw new OpenapiError(`The document is no valid ${kind}: ${why}`);
  }
}

/** Follows `$ref`s inside the document, until something else stands there. Others are never fetched. @throws OpenapiError */
export function dereference(document: Json, value: unknown): unknown {
  let found = value;
  for (let hops = 0; isObject(found) && typeof found.$ref === "string"; hops++) {
    const { $ref } = found;
    if (!$ref.startsWith("#/"))
      throw new OpenapiError(`Only references inside the document are followed, not ${$ref.slice(0, 100)}`);
    if (hops > 20) throw new OpenapiError(`The reference ${$ref.slice(0, 100)} leads nowhere.`);
    found = $ref
      .slice(2)
      .split("/")
      .reduce<unknown>((at, part) => own(at, unescaped(part)), document);
    if (found === undefined) throw new OpenapiError(`The reference ${$ref.slice(0, 100)} leads nowhere.`);
  }
  return found;
}

function unescaped(part: string): string {
  const plain = part.replaceAll("~1", "/").replaceAll("~0", "~");
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain;
  }
}

/** The first server's address, its variables filled with their defaults. @throws OpenapiError */
export function baseUrl(document: Json, given?: string): URL {
  const server = object(list(document.servers)[0]);
  const variables = object(server.variables);
  const written = (text(server.url) ?? "").replace(
    /\{([^}]*)\}/g,
    (_, name: string) => text(object(own(variables, name)).default) ?? "",
  );
  const url = given ?? written;
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new OpenapiError(
      "The document names no server with a whole address. Give the API's address, like https://api.example.com.",
    );
  return new URL(url);
}
