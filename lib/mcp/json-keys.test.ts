import fc from "fast-check";
import { expect, test } from "vitest";
import { refuseDuplicateKeys } from "./json-keys";

test.each([
  '{"a":1,"a":2}',
  '{"x":{"a":1,"\\u0061":2}}',
  '[1,[{"b":{"a":1,"c":[],"a":1}}]]',
  '{"x":[{},{"__proto__":1,"__proto__":2}]}',
])("%s has a key twice", (json) => expect(() => refuseDuplicateKeys(json)).toThrow(SyntaxError));

test("whatever JSON.stringify writes passes", () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => refuseDuplicateKeys(JSON.stringify(value))));
  refuseDuplicateKeys('{ "a" : [ { "a" : "{\\"a\\":1,\\"a\\":2}" } , { "a" : 2 } ] }');
});
