import { credentialsOf } from "./credentials";
import { baseUrl, OPENAPI_LIMITS, OpenapiError, readDocument } from "./document";
import { type GeneratedTool, generateSource } from "./generate";
import { brief, object, text } from "./json";
import { type Operation, operationsOf } from "./operations";
import { toolInput } from "./tool-input";
import { toolNames } from "./tool-name";

/** What to make of a document. */
export interface ImportOptions {
  /** The server's slug; names its secrets and counts into the length of its tools' names. */
  slug: string;
  /** Operations by id; without this and `tags`, the first that are not deprecated. */
  ids?: string[];
  tags?: string[];
  most?: number;
  /** Instead of the document's first server. */
  baseUrl?: string;
}

/** One operation as it is offered for choosing. `tokens` is what its tool costs a model in each conversation, estimated. */
export interface OfferedOperation {
  id: string;
  tool: string;
  method: string;
  path: string;
  tags: string[];
  summary: string;
  deprecated: boolean;
  unsupported: string | null;
  chosen: boolean;
  tokens: number;
}

/** A document read: what it offers, and the function for what was chosen. */
export interface Imported {
  title: string;
  host: string;
  secrets: string[];
  operations: OfferedOperation[];
  tokens: number;
  source: string;
  warnings: string[];
}

/** Characters in a token of JSON; the usual rule of thumb. */
const TOKEN = 4;
const EXPOSED = 45;

/** From an OpenAPI document to the source of a function. Reads and fetches nothing else. @throws OpenapiError */
export function importOpenapi(source: string, options: ImportOptions): Imported {
  const document = readDocument(source);
  const base = baseUrl(document, options.baseUrl);
  const operations = operationsOf(document);
  if (operations.length === 0) throw new OpenapiError("The document has no operations.");
  if (operations.length > OPENAPI_LIMITS.operations)
    throw new OpenapiError(`The document has more than ${OPENAPI_LIMITS.operations} operations.`);
  const chosen = new Set(choose(operations, options));
  const names = toolNames(
    operations.map(({ id }) => id),
    Math.max(20, EXPOSED - options.slug.length - 2),
  );
  const made = operations.map((each, at): GeneratedTool => toTool(document, each, names[at] ?? each.id));
  const tools = made.filter((_, at) => chosen.has(operations[at] as Operation));
  const offered = operations.map((each, at) => offer(each, made[at] as GeneratedTool, chosen.has(each)));
  const info = object(document.info);
  const title = brief(text(info.title) ?? options.slug, 80);
  const prefix = options.slug
    .replace(/[^A-Za-z0-9]+/g, "_")
    .toUpperCase()
    .replace(/^(?=\d)/, "API_");
  const credentials = credentialsOf(
    document,
    [...chosen].map((each) => each.source),
    prefix,
  );
  const warnings = credentials === null ? ["The API asks for credentials of a kind that must be added by hand."] : [];
  const left = operations.filter((each) => !chosen.has(each) && each.unsupported === null).length;
  if (left > 0) warnings.push(`${left} operations were left out; choose what is needed.`);
  const server = {
    name: options.slug,
    version: "1.0.0",
    instructions: `Tools of the ${title}.`,
    base,
    credentials: credentials ?? [],
    tools,
  };
  const generated = generateSource(server);
  return {
    title,
    host: base.hostname,
    secrets: [
      ...new Set((credentials ?? []).flatMap((each) => ("user" in each ? [each.user, each.password] : [each.secret]))),
    ],
    operations: offered,
    tokens: offered.reduce((sum, each) => sum + (each.chosen ? each.tokens : 0), 0),
    source: generated,
    warnings,
  };
}

function choose(operations: Operation[], { ids, tags, most = OPENAPI_LIMITS.tools }: ImportOptions): Operation[] {
  const able = operations.filter(({ unsupported }) => unsupported === null);
  const named = ids?.map((id) => {
    const found = able.find((each) => each.id === id);
    if (!found) throw new OpenapiError(`The document has no usable operation ${brief(id, 100)}.`);
    return found;
  });
  const picked =
    named ?? able.filter((each) => !each.deprecated && (!tags || each.tags.some((tag) => tags.includes(tag))));
  if (named && named.length > most)
    throw new OpenapiError(`Choose at most ${most} operations; these are ${named.length}.`);
  if (picked.length === 0) throw new OpenapiError("No operation was chosen.");
  return picked.slice(0, most);
}

function toTool(document: Parameters<typeof toolInput>[0], operation: Operation, name: string): GeneratedTool {
  const { summary, description, id, method, path, body } = operation;
  const words = [summary, description].filter((each, at, all) => each && all.indexOf(each) === at).join(". ") || id;
  return {
    name,
    description: brief(words, 500),
    method,
    path,
    bodyKind: body?.kind ?? null,
    contentType: body?.contentType,
    input: toolInput(document, operation),
  };
}

function offer(operation: Operation, { name, description, input }: GeneratedTool, chosen: boolean): OfferedOperation {
  const { id, method, path, tags, summary, deprecated, unsupported } = operation;
  const shown = JSON.stringify({ name, description, inputSchema: input.schema });
  const tokens = Math.ceil(shown.length / TOKEN);
  return { id, tool: name, method, path, tags, summary: brief(summary, 200), deprecated, unsupported, chosen, tokens };
}
