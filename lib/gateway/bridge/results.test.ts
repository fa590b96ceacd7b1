import { describe, expect, test } from "vitest";
import { missingToAsk, toldOf } from "./client-capabilities";
import { readInputRequired, readInputResponses, translateRequest, writeInputRequired } from "./input-required";
import { isForClient, isWanted } from "./notifications";
import { resultTypeOf, withExposedUris, withObjectStructure } from "./results";

const expose = (uri: string) => `up+${uri}`;

describe("URIs in results", () => {
  test("links and embedded resources of a tool, every other byte kept", () => {
    const raw =
      '{ "content":[ {"uri":"a:1","type":"resource_link","x":1.0}, {"type":"text","text":"\\"resource\\" uri a:2"},{"type":"resource","resource":{"uri":"a\\u003a3","text":""}}],"structuredContent":{"uri":"a:4"} }';
    expect(withExposedUris(raw, "content", expose)).toBe(
      raw.replace('"a:1"', '"up+a:1"').replace('"a\\u003a3"', '"up+a:3"'),
    );
  });

  test("twice the same link", () => {
    const link = (uri: string) => `{"type":"resource_link","uri":"${uri}"}`;
    const raw = `{"content":[${link("a:1")},${link("a:1")}]}`;
    expect(withExposedUris(raw, "content", expose)).toBe(`{"content":[${link("up+a:1")},${link("up+a:1")}]}`);
  });

  test("a prompt's messages, with one block or several", () => {
    const raw =
      '{"messages":[{"role":"user","content":{"type":"resource","resource":{"uri":"a:1"}}},{"role":"user","content":[{"type":"resource_link","uri":"a:2"}]}]}';
    const out = withExposedUris(raw, "messages", expose);
    expect(out).toBe(raw.replace('"a:1"', '"up+a:1"').replace('"a:2"', '"up+a:2"'));
  });

  test.each(['{"content":5,"x":"\\"resource"}', '{"content":[1,null,"\\"resource"]}', '{"x":"\\"resource"}'])(
    "%s stays",
    (raw) => expect(withExposedUris(raw, "content", expose)).toBe(raw),
  );
});

test("structured content that is an object stays where it is", () => {
  const raw = '{"structuredContent":{"a":[1]},"content":[]}';
  expect(withObjectStructure(raw)).toBe(raw);
  expect(withObjectStructure('{"structuredContent":null}')).toBe('{"content":[{"type":"text","text":"null"}]}');
  const told = '{"content":[{"type":"text","text":"x"}],"structuredContent":1,"isError":true}';
  expect(JSON.parse(withObjectStructure(told))).toEqual({ content: [{ type: "text", text: "x" }], isError: true });
});

test("a result's type is its own word, not that of what it holds", () => {
  expect(resultTypeOf('{"content":[{"resultType":"task"}]}')).toBe("complete");
  expect(resultTypeOf('{"structuredContent":{"resultType":"task"},"resultType":"input_required"}')).toBe(
    "input_required",
  );
});

describe("input_required", () => {
  test("is read as it stands, or not at all", () => {
    const read = readInputRequired(
      '{"inputRequests":{"a":{"method":"roots/list","params":{"x":1.0}}},"requestState":"\\u0061"}',
    );
    expect(read).toEqual({
      requests: [{ key: "a", request: { method: "roots/list", params: '{"x":1.0}' } }],
      state: '"\\u0061"',
    });
    for (const bad of [
      "{}",
      '{"inputRequests":{}}',
      '{"inputRequests":{"a":1}}',
      '{"inputRequests":{"a":{}}}',
      '{"requestState":5}',
    ])
      expect(readInputRequired(bad)).toBeNull();
  });

  test("is written with every question", () => {
    const text = writeInputRequired(
      [{ key: "a", request: { method: "roots/list", params: undefined } }],
      's"',
      '{"name":"x"}',
    );
    expect(JSON.parse(text)).toEqual({
      resultType: "input_required",
      inputRequests: { a: { method: "roots/list" } },
      requestState: 's"',
      _meta: { "io.modelcontextprotocol/serverInfo": { name: "x" } },
    });
  });

  test("answers are read as they stand", () => {
    expect([...readInputResponses('{"inputResponses":{"a":{"n":1.0}}}')]).toEqual([["a", '{"n":1.0}']]);
    expect(readInputResponses("{}").size).toBe(0);
    expect(() => readInputResponses('{"inputResponses":[]}')).toThrow();
    expect(() => readInputResponses('{"inputResponses":{"a":1,"a":2}}')).toThrow();
  });

  test("a page to open has an id in the older revisions alone", () => {
    const params = '{"mode":"url","elicitationId":"e","url":"https://x"}';
    const request = { method: "elicitation/create", params };
    expect(translateRequest(request, "legacy")).toBe(request);
    expect(translateRequest(request, "modern").params).toBe('{"mode":"url","url":"https://x"}');
    const back = translateRequest({ ...request, params: '{"mode":"url"}' }, "legacy").params ?? "";
    expect(JSON.parse(back)).toEqual({ mode: "url", elicitationId: expect.any(String) });
  });
});

describe("what a client is told", () => {
  const message = (level: string) => JSON.stringify({ method: "notifications/message", params: { level, data: 1 } });
  test("log messages from its level on; newer clients only where they asked for any", () => {
    const legacy = { era: "legacy" as const, only: null };
    expect(isForClient({ ...legacy, logLevel: null }, message("debug"))).toBe(true);
    expect(isForClient({ ...legacy, logLevel: "warning" }, message("notice"))).toBe(false);
    expect(isForClient({ ...legacy, logLevel: "warning" }, message("error"))).toBe(true);
    expect(isForClient({ era: "modern", only: null, logLevel: null }, message("emergency"))).toBe(false);
    expect(isWanted("unheard-of", "emergency")).toBe(true);
  });
  test.each(["notifications/tools/list_changed", "notifications/resources/updated", "notifications/x", "toString"])(
    "%s is not its business",
    (method) =>
      expect(isForClient({ era: "legacy", only: null, logLevel: null }, JSON.stringify({ method }))).toBe(false),
  );
});

describe("what a server is told of a client", () => {
  const view = (era: "legacy" | "modern", single = false) => ({ era, only: single ? ({} as never) : null });
  const declared = {
    elicitation: {},
    tasks: { list: {} },
    experimental: { x: {} },
    extensions: { "io.modelcontextprotocol/tasks": {} },
  };
  test("no more than can be carried", () => {
    expect(toldOf(view("legacy"), {}, { era: null })).toEqual({ profile: undefined, asks: false });
    expect(toldOf(view("legacy"), declared, { era: "legacy" }).profile?.capabilities).toEqual({ elicitation: {} });
    expect(toldOf(view("legacy", true), declared, { era: "legacy" }).profile?.capabilities).toEqual({
      elicitation: {},
      experimental: { x: {} },
      tasks: { list: {} },
    });
    expect(toldOf(view("modern"), declared, { era: "modern" }).profile?.capabilities).toEqual({
      elicitation: {},
      extensions: declared.extensions,
    });
    expect(toldOf(view("modern"), declared, { era: "legacy" }).profile?.capabilities).toEqual({ elicitation: {} });
  });
  test("the same declaration leads to the same object, so that sessions are found again", () => {
    const again = toldOf(view("legacy"), declared, { era: null }).profile;
    expect(toldOf(view("legacy"), declared, { era: null }).profile).toBe(again);
  });
  test.each([
    [{ elicitation: {} }, "elicitation/create", {}, null],
    [{ elicitation: { url: {} } }, "elicitation/create", {}, { elicitation: { form: {} } }],
    [{ elicitation: {} }, "elicitation/create", { mode: "url" }, { elicitation: { url: {} } }],
    [{ sampling: {} }, "sampling/createMessage", { tools: [] }, { sampling: { tools: {} } }],
    [{ sampling: {} }, "sampling/createMessage", {}, null],
    [{}, "roots/list", undefined, { roots: {} }],
    [{ elicitation: {} }, "x/y", {}, undefined],
  ])("of %j, %s with %j lacks %j", (capabilities, method, params, missing) => {
    expect(missingToAsk(capabilities, method, params)).toEqual(missing);
  });
});
