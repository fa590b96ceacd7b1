import { expect, test } from "vitest";
import { toolKindOf } from "./tool-kind";

test.each([
  ['{"name":"a"}', null],
  ['{"name":"a","annotations":null}', null],
  ['{"name":"a","annotations":[]}', null],
  ['{"annotations', null],
  ['{"name":"annotations"}', null],
  ['{"annotations":{"readOnlyHint":true,"destructiveHint":true}}', "read"],
  ['{"annotations":{"destructiveHint":false}}', "write"],
  ['{"annotations":{"readOnlyHint":false}}', "destructive"],
  ['{"annotations":{"readOnlyHint":"true"}}', "destructive"],
  ['{"annotations":{"title":"A"}}', "destructive"],
])("%s is %s", (definition, kind) => {
  expect(toolKindOf(definition)).toBe(kind);
});
