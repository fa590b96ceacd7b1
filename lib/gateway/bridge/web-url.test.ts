import { expect, test } from "vitest";
import { missingToAsk } from "./client-capabilities";
import { asksToOpenOther, errorOpensOther, isWebUrl } from "./web-url";

const BAD = ["javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", "file:///etc/passwd", "", 7, null];

test("only web pages are opened", () => {
  for (const url of BAD) expect(isWebUrl(url), String(url)).toBe(false);
  for (const url of ["https://a.example/x?y#z", "http://127.0.0.1:8080/"]) expect(isWebUrl(url)).toBe(true);
});

test("a question to open anything else is one that no client is ever asked, in whatever form it comes", () => {
  const declared = { elicitation: { url: {} } };
  const ask = (url: unknown) => ({ mode: "url", message: "m", url });
  expect(missingToAsk(declared, "elicitation/create", ask("https://a.example/"))).toBe(null);
  for (const url of BAD.filter((one) => one !== undefined)) {
    expect(missingToAsk(declared, "elicitation/create", ask(url))).toBe(undefined);
    const inputRequests = { k: { method: "elicitation/create", params: ask(url) } };
    expect(asksToOpenOther(JSON.stringify({ resultType: "input_required", inputRequests }))).toBe(true);
    const error = { code: -32042, message: "m", data: { elicitations: [ask("https://a.example/"), ask(url)] } };
    expect(errorOpensOther(JSON.stringify(error))).toBe(true);
  }
  const good = { k: { method: "elicitation/create", params: ask("https://a.example/") }, r: { method: "roots/list" } };
  expect(asksToOpenOther(JSON.stringify({ resultType: "input_required", inputRequests: good }))).toBe(false);
  expect(errorOpensOther('{"code":-32000,"message":"-32042"}')).toBe(false);
});
