import { expect, test } from "vitest";
import { showOffer } from "./show-offer";

test("all bytes stay but the name", () => {
  const raw = '{ "x": 1.0, "name":"a\\u0062", "title" : "T" }';
  expect(showOffer("prompts", raw, "up__ab", "legacy")).toBe('{ "x": 1.0, "name":"up__ab", "title" : "T" }');
});

test.each([
  ["title", "1"],
  ["description", "{}"],
  ["arguments", '[{"name":1}]'],
  ["icons", '[{"src":null}]'],
  ["_meta", "[]"],
])("an older client is spared %s in a form that it cannot read", (field, value) => {
  const raw = `{"name":"a","${field}":${value}}`;
  expect(showOffer("prompts", raw, "b", "legacy")).toBe(`{"name":"b","x-${field}":${value}}`);
  expect(showOffer("prompts", raw, "b", "modern")).toBe(`{"name":"b","${field}":${value}}`);
});

test("a resource without a name gets one, for older clients need it", () => {
  expect(showOffer("resources", '{"uri":"x:1"}', "up+x:1", "legacy")).toBe('{"uri":"up+x:1","name":"up+x:1"}');
  const odd = showOffer("resourceTemplates", '{"uriTemplate":"x:{a}","name":5}', "up+x:{a}", "legacy");
  expect(odd).toBe('{"uriTemplate":"up+x:{a}","x-name":5,"name":"up+x:{a}"}');
});

test("what is no entry is left out", () => {
  for (const raw of ["[]", "1", '{"title":"x"}', '{"name":"a","name":"b"}'])
    expect(showOffer("prompts", raw, "b", "legacy")).toBeNull();
});
