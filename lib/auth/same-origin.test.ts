import { expect, test } from "vitest";
import { isSameOrigin } from "./same-origin";

const ask = (method: string, headers: Record<string, string>) =>
  isSameOrigin(
    new Request("http://app.test/api", { method, headers: { host: "app.test", ...headers } }),
    "https://public.test",
  );

test.each<[string, Record<string, string>, boolean]>([
  ["GET", {}, true],
  ["GET", { "sec-fetch-site": "same-origin" }, true],
  ["GET", { "sec-fetch-site": "none" }, true],
  ["GET", { "sec-fetch-site": "cross-site" }, false],
  ["GET", { "sec-fetch-site": "same-site" }, false],
  ["POST", {}, false],
  ["POST", { origin: "http://app.test" }, true],
  ["POST", { origin: "https://public.test" }, true],
  ["POST", { origin: "http://evil.test" }, false],
  ["POST", { origin: "http://app.test:81" }, false],
  ["POST", { origin: "null" }, false],
  ["POST", { origin: "http://app.test", "sec-fetch-site": "cross-site" }, false],
])("%s with %o → %s", (method, headers, expected) => {
  expect(ask(method, headers)).toBe(expected);
});
