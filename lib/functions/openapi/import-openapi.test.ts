import { describe, expect, test } from "vitest";
import { importOpenapi } from "./import-openapi";

const DOCUMENT = {
  openapi: "3.0.3",
  info: { title: "Pets */ ` \u2028", version: "1" },
  servers: [{ url: "https://{region}.example.com:8443/v1/", variables: { region: { default: "eu" } } }],
  security: [{ both: [], key: [] }],
  paths: {
    "/pets/{petId}": {
      parameters: [{ $ref: "#/components/parameters/PetId" }],
      get: {
        operationId: "getPet",
        summary: "One pet",
        tags: ["pets"],
        parameters: [
          { name: "X-Version", in: "header", required: true, schema: { type: "string", default: "7" } },
          { name: "filter[a]", in: "query", schema: { type: "array", items: { type: "string" } }, explode: false },
          { name: "Authorization", in: "header", schema: { type: "string" } },
        ],
      },
      put: {
        operationId: "replacePet",
        tags: ["pets", "write"],
        requestBody: {
          required: true,
          content: { "application/json": { schema: { $ref: "#/components/schemas/Pet" } } },
        },
      },
    },
    "/pets": {
      post: {
        tags: ["write"],
        description: "Adds a list",
        requestBody: {
          required: true,
          content: { "application/json": { schema: { type: "array", items: { $ref: "#/components/schemas/Pet" } } } },
        },
      },
      get: { operationId: "old", deprecated: true },
    },
    "/upload": {
      post: { operationId: "upload", requestBody: { required: true, content: { "multipart/form-data": {} } } },
    },
  },
  components: {
    parameters: {
      PetId: {
        name: "petId",
        in: "path",
        required: true,
        schema: { type: "integer", minimum: 0, exclusiveMinimum: true },
      },
    },
    schemas: {
      Pet: {
        allOf: [
          {
            type: "object",
            required: ["id", "name"],
            properties: {
              id: { type: "string", readOnly: true },
              name: { type: "string", nullable: true, pattern: "^(?<!a" },
            },
          },
          { type: "object", properties: { parent: { $ref: "#/components/schemas/Pet" } } },
        ],
      },
    },
    securitySchemes: {
      both: { type: "http", scheme: "basic" },
      key: { type: "apiKey", in: "query", name: "api_key" },
    },
  },
};
const read = (document: object, options = {}) => importOpenapi(JSON.stringify(document), { slug: "pets", ...options });

describe("operations", () => {
  const imported = read(DOCUMENT);
  test("are offered with tool, tags, cost and why not", () => {
    const shown = imported.operations.map(({ id, tool, tags, chosen, unsupported }) => [
      id,
      tool,
      tags.join(),
      chosen,
      unsupported,
    ]);
    expect(shown).toEqual([
      ["getPet", "get_pet", "pets", true, null],
      ["replacePet", "replace_pet", "pets,write", true, null],
      ["old", "old", "", false, null],
      ["POST /pets", "post_pets", "write", true, null],
      ["upload", "upload", "", false, "it takes multipart/form-data"],
    ]);
    expect(imported.tokens).toBeGreaterThan(60);
    expect(imported).toMatchObject({
      host: "eu.example.com",
      secrets: ["PETS_USERNAME", "PETS_PASSWORD", "PETS_API_KEY"],
    });
  });

  test("can be chosen by tag and by id, up to a number", () => {
    const chosen = (options: object) =>
      read(DOCUMENT, options).operations.flatMap((each) => (each.chosen ? [each.id] : []));
    expect(chosen({ tags: ["write"] })).toEqual(["replacePet", "POST /pets"]);
    expect(chosen({ ids: ["old"] })).toEqual(["old"]);
    expect(chosen({ most: 1 })).toEqual(["getPet"]);
    expect(() => chosen({ ids: ["upload"] })).toThrow("no usable operation upload");
    expect(() => chosen({ tags: ["none"] })).toThrow("No operation was chosen");
    expect(() => chosen({ ids: ["old", "getPet"], most: 1 })).toThrow("at most 1");
  });

  test("become tools: schemas translated, one-valued headers fixed, secrets placed", () => {
    const { source } = imported;
    expect(source).toContain('"X-Version": "7"');
    expect(source).toContain('"exclusiveMinimum": 0');
    expect(source).toContain('"filter_a_": "filter[a]"');
    expect(source).toContain('"ports": [\n    8443\n  ]');
    expect(source).toMatch(/"type": \[\s+"string",\s+"null"\s+\]/);
    expect(source).not.toMatch(/readOnly"|nullable|\(\?<!a|"Authorization"/);
    expect(source).toContain('url.searchParams.set("api_key", ctx.secrets.PETS_API_KEY)');
  });
});

describe("names", () => {
  test("stay within 45 characters with the slug, are unique, and do not depend on the others", () => {
    const ids = [
      ...Array.from({ length: 60 }, (_, at) => `a-very-long-name-of-an-operation-that-nobody-reads-${at}`),
      "a.b",
      "a_b",
      "aB",
      "日本",
    ];
    const paths = Object.fromEntries(ids.map((operationId, at) => [`/p${at}`, { get: { operationId } }]));
    const names = read({ ...DOCUMENT, paths }).operations.map(({ tool }) => tool);
    expect(new Set(names).size).toBe(ids.length);
    for (const name of names) expect(`pets__${name}`).toMatch(/^[a-z0-9_]{1,45}$/);
    const alone = read({ ...DOCUMENT, paths: { "/x": { get: { operationId: ids[5] } } } });
    expect(alone.operations[0]?.tool).toBe(names[5]);
  });
});

test.each([
  ["no JSON", "{", "no valid JSON"],
  ["no YAML", "a: [", "no valid YAML"],
  ["a text", "hello", "no OpenAPI document"],
  ["Swagger", '{"swagger":"2.0"}', "Swagger 2.0"],
  ["another version", '{"openapi":"4.0.0","paths":{}}', "Only OpenAPI 3.0 and 3.1"],
  ["no paths", '{"openapi":"3.1.0"}', "no paths"],
  ["no operation", '{"openapi":"3.1.0","paths":{},"servers":[{"url":"https://a.example.com"}]}', "no operations"],
  ["a relative server", '{"openapi":"3.1.0","paths":{},"servers":[{"url":"/v1"}]}', "Give the API's address"],
  ["a large YAML", `a: ${"x".repeat(3 << 20)}`, "too large"],
  [
    "a bomb of aliases",
    `a: &a [x]\nb: &b [${Array(60).fill("*a")}]\nc: &c [${Array(60).fill("*b")}]\nd: [${Array(60).fill("*c")}]`,
    "no valid YAML",
  ],
])("%s is refused with a reason", (_, source, reason) => {
  expect(() => importOpenapi(source, { slug: "x" })).toThrow(reason);
});

test.each([
  ["http://example.com/schema.json", "inside the document"],
  ["file:///etc/passwd", "inside the document"],
  ["./other.yaml#/a", "inside the document"],
  ["#/components/none", "leads nowhere"],
  ["#/__proto__/constructor", "leads nowhere"],
  ["#/components/schemas/Loop", "leads nowhere"],
])("the reference %s is refused", ($ref, reason) => {
  const paths = { "/x": { post: { requestBody: { content: { "application/json": { schema: { $ref } } } } } } };
  const components = { schemas: { Loop: { $ref: "#/components/schemas/Loop" } } };
  expect(() => read({ ...DOCUMENT, paths, components })).toThrow(reason);
});

test("schemas that multiply by their references stay small", () => {
  const fields = (next: number) =>
    Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`f${at}`, { $ref: `#/components/schemas/S${next}` }]));
  const schemas = Object.fromEntries(
    Array.from({ length: 8 }, (_, at) => [`S${at}`, { type: "object", properties: fields((at + 1) % 8) }]),
  );
  const paths = {
    "/x": {
      post: { requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/S0" } } } } },
    },
  };
  const imported = read({ ...DOCUMENT, paths, components: { schemas }, security: [] });
  expect(imported.tokens).toBeLessThan(4_000);
});
