import { expect, test } from "vitest";
import type { ArgumentCondition } from "@/lib/access/argument-rule";
import type { ToolArgument } from "@/lib/services/tool/view";
import { type ConditionDraft, emptyDraft, operatorsFor, toCondition, toDraft } from "./condition-form";

const argument = (kind: ToolArgument["kind"], options: ToolArgument["options"] = []): ToolArgument => ({
  path: ["amount"],
  kind,
  list: false,
  options,
  required: false,
  description: null,
});
const draft = (more: Partial<ConditionDraft>): ConditionDraft => ({ ...emptyDraft("1"), argument: "amount", ...more });
const meaning = (row: ConditionDraft, of: ToolArgument) => {
  const result = toCondition(row, of);
  return result.ok ? result.condition.value : result.problem;
};

test("values take the argument's type, because they are compared strictly", () => {
  expect(meaning(draft({ text: "1\n 2 \n2" }), argument("number"))).toEqual([1, 2]);
  expect(meaning(draft({ text: "1\n2" }), argument("string"))).toEqual(["1", "2"]);
  expect(meaning(draft({ text: "true" }), argument("boolean"))).toEqual([true]);
  expect(meaning(draft({ text: "1\nlow" }), argument("unknown", [1, "low"]))).toEqual([1, "low"]);
  expect(meaning(draft({ operator: "lte", text: "100" }), argument("number"))).toBe(100);
  expect(meaning(draft({ operator: "starts_with", text: "acme/" }), argument("string"))).toBe("acme/");
  expect(meaning(draft({ operator: "absent", text: "left over" }), argument("string"))).toBeNull();
});

test("what is missing or of the wrong type is said", () => {
  expect(meaning(draft({ argument: "" }), argument("string"))).toBe("Choose an argument.");
  expect(meaning(draft({ text: " \n" }), argument("string"))).toBe("Give at least one value.");
  expect(meaning(draft({ text: "1\nmany" }), argument("number"))).toBe("many is no number.");
  expect(meaning(draft({ operator: "lte", text: "" }), argument("number"))).toBe("Give a number.");
});

test("a stored condition becomes the row it was made from", () => {
  const stored: ArgumentCondition = { path: ["filter", "n"], operator: "not_in", value: [1, 2], optional: true };
  expect(toCondition(toDraft(stored, "1"), { ...argument("number"), path: ["filter", "n"] })).toEqual({
    ok: true,
    condition: stored,
  });
});

test("operators fit the type", () => {
  expect(operatorsFor(argument("boolean"))).toEqual(["in", "absent"]);
  expect(operatorsFor(argument("string"))).not.toContain("lte");
});
