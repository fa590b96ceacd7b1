import { z } from "zod";
import { VERSION } from "@/lib/version";
import type { Operation } from "./operation";
import { ROUTES } from "./routes";

type Json = Record<string, unknown>;

const ErrorBody = z.object({
  error: z.object({
    code: z.enum([
      "invalid",
      "unauthorized",
      "forbidden",
      "not_found",
      "conflict",
      "rate_limited",
      "upstream_failed",
      "unavailable",
      "internal",
    ]),
    message: z.string(),
    field: z.string().optional(),
    requestId: z.string(),
  }),
});

/** JSON Schema 2020-12, which is what OpenAPI 3.1 takes, without the `$schema` that only a whole document has. */
function schema(type: z.ZodType, io: "input" | "output"): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(type, { io, unrepresentable: "any" });
  return rest;
}

/** OpenAPI 3.1 document of the whole API, made from the table that the dispatcher runs by, so it cannot be out of date. */
export function openApiDocument(): Json {
  const paths: Record<string, Json> = {};
  for (const operation of ROUTES)
    paths[operation.path] = { ...paths[operation.path], [operation.method.toLowerCase()]: describe(operation) };
  return {
    openapi: "3.1.0",
    info: {
      title: "Aerostack management API",
      version: VERSION,
      description: "Everything the dashboard can do. Errors have one form; `requestId` finds them in the server's log.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/api/v1" }],
    security: [{ apiKey: [] }],
    tags: [...new Set(ROUTES.map((operation) => operation.tag))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: { apiKey: { type: "http", scheme: "bearer", bearerFormat: "aak_…" } },
      schemas: { Error: schema(ErrorBody, "output") },
      responses: {
        Error: {
          description: "What is wrong and what to do next",
          content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } },
        },
      },
    },
  };
}

function describe({ method, path, tag, summary, input, output, media, status }: Operation): Json {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((found) => found[1] ?? "");
  const fields = schema(input, "input");
  const properties = (fields.properties ?? {}) as Record<string, Json>;
  const required = (fields.required ?? []) as string[];
  const rest = Object.keys(properties).filter((name) => !inPath.includes(name));
  const inQuery = method === "GET" || method === "DELETE" ? rest : [];
  const parameters = [
    ...inPath.map((name) => ({ name, in: "path", required: true, schema: properties[name] ?? { type: "string" } })),
    ...inQuery.map((name) => ({ name, in: "query", required: required.includes(name), schema: properties[name] })),
  ];
  const inBody = rest.filter((name) => !inQuery.includes(name));
  const body = {
    ...fields,
    properties: Object.fromEntries(inBody.map((name) => [name, properties[name]])),
    required: required.filter((name) => inBody.includes(name)),
  };
  return {
    operationId: `${method.toLowerCase()}${path.replace(/[^A-Za-z0-9]+(\w?)/g, (_, first: string) => first.toUpperCase())}`,
    tags: [tag],
    summary,
    parameters,
    ...(inBody.length > 0 && { requestBody: { required: true, content: { "application/json": { schema: body } } } }),
    responses: { ...answers(output, status, media), default: { $ref: "#/components/responses/Error" } },
  };
}

function answers(output: Operation["output"], status: Operation["status"], media = "text/csv"): Json {
  const content = output
    ? { "application/json": { schema: schema(output, "output") } }
    : { [media]: { schema: { type: "string" } } };
  const codes = typeof status === "number" ? [status] : [200, 201];
  return Object.fromEntries(codes.map((code) => [code, { description: code === 201 ? "Created" : "Done", content }]));
}
