import { expect, test } from "vitest";
import { z } from "zod";
import { openApiDocument } from "./openapi";
import { ROUTES } from "./routes";

interface Parameter {
  name: string;
  in: string;
  required: boolean;
  schema?: unknown;
}
interface Described {
  operationId: string;
  parameters: Parameter[];
  requestBody?: { content: { "application/json": { schema: { properties: object; required: string[] } } } };
  responses: Record<string, unknown>;
}
const document = JSON.parse(JSON.stringify(openApiDocument())) as { paths: Record<string, Record<string, Described>> };
const operations = Object.values(document.paths).flatMap((path) => Object.values(path));

test("every operation is described, each under its own id", () => {
  expect(operations).toHaveLength(ROUTES.length);
  expect(new Set(operations.map((operation) => operation.operationId)).size).toBe(ROUTES.length);
});

test("every input field is where it is read from, and every parameter has a schema", () => {
  for (const { method, path, input } of ROUTES) {
    const described = document.paths[path]?.[method.toLowerCase()];
    const named = described?.parameters.map((parameter) => parameter.name) ?? [];
    const inBody = Object.keys(described?.requestBody?.content["application/json"].schema.properties ?? {});
    const fields = new Set([...Object.keys(input.shape), ...[...path.matchAll(/\{(\w+)\}/g)].map((found) => found[1])]);
    expect([...named, ...inBody].toSorted()).toEqual([...fields].toSorted());
    expect(described?.parameters.every((parameter) => parameter.schema)).toBe(true);
  }
});

test("what a field must be is said", () => {
  const calls = document.paths["/workspaces/{workspace}/calls"]?.get;
  expect(calls?.parameters.find(({ name }) => name === "limit")).toMatchObject({
    in: "query",
    required: false,
    schema: { type: "integer", minimum: 1, maximum: 200, default: 50 },
  });
  expect(calls?.parameters.find(({ name }) => name === "from")?.schema).not.toEqual({});
  const created = document.paths["/workspaces"]?.post;
  expect(created?.requestBody?.content["application/json"].schema.required).toEqual(["name"]);
  expect(Object.keys(created?.responses ?? {})).toEqual(["201", "default"]);
});

test("no answer has a place for a hash, a sealed text or a value of a secret", () => {
  // Rules compare with a `value` of their own; no secret is near them.
  const names = ROUTES.flatMap(({ tag, output }) =>
    output && tag !== "Rules" ? JSON.stringify(z.toJSONSchema(output, { unrepresentable: "any" })) : [],
  );
  for (const name of ["hash", "sealed", "value", "passwordHash", "wrapped"])
    expect(names.join()).not.toContain(`"${name}":`);
});
