import { expect, test } from "vitest";
import { byTag, firstChoice, fits, MOST_OPERATIONS, type Operation, totalsOf, withOperations } from "./operations";

const operation = (id: string, rest: Partial<Operation> = {}): Operation => ({
  id,
  tool: id,
  method: "GET",
  path: `/${id}`,
  tags: [],
  summary: "",
  deprecated: false,
  unsupported: null,
  chosen: false,
  tokens: 10,
  ...rest,
});

const LIST = [
  operation("loose"),
  operation("pets", { tags: ["pet"] }),
  operation("addPet", { tags: ["pet", "admin"], method: "POST" }),
  operation("old", { tags: ["store"], deprecated: true }),
  operation("upload", { tags: ["store"], unsupported: "it takes multipart/form-data" }),
];

test("operations stand under their first tag, those without one last", () => {
  expect(byTag(LIST).map(({ tag, operations }) => [tag, operations.length])).toEqual([
    ["pet", 2],
    ["store", 2],
    ["", 1],
  ]);
});

test("at first, what reads is chosen; what writes, is deprecated or cannot be a tool is not", () => {
  expect([...firstChoice(LIST)]).toEqual(["loose", "pets"]);
});

test("the choice keeps within its bound and leaves out what cannot be a tool", () => {
  const many = Array.from({ length: 60 }, (_, at) => operation(`o${at}`));
  expect(firstChoice(many).size).toBe(MOST_OPERATIONS);
  expect(withOperations(new Set(), many, true).size).toBe(MOST_OPERATIONS);
  expect([...withOperations(new Set(["old"]), LIST, true)]).toEqual(["old", "loose", "pets", "addPet"]);
  expect([...withOperations(new Set(["loose", "pets"]), LIST.slice(0, 1), false)]).toEqual(["pets"]);
});

test("totals count tools, tokens and those that write", () => {
  expect(totalsOf(LIST, new Set(["pets", "addPet"]))).toEqual({ tools: 2, tokens: 20, writing: 1 });
});

test("an operation is found by method, path, words and tag", () => {
  expect(LIST.filter((each) => fits(each, " post ")).map(({ id }) => id)).toEqual(["addPet"]);
  expect(LIST.filter((each) => fits(each, "store")).map(({ id }) => id)).toEqual(["old", "upload"]);
});
