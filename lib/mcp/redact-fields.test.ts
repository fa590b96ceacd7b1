import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ALWAYS_REDACTED, fieldMatcher } from "@/lib/redacted-fields";
import { redactFields } from "./redact-fields";

const own = ["e-mail", "Account No"];
const matches = fieldMatcher(own);
const clean = (value: unknown) => JSON.parse(redactFields(JSON.stringify(value), matches)) as unknown;

describe("which names", () => {
  test.each([
    "password",
    "Password",
    "PASS-WORD",
    "userPassword",
    "x-api-key",
    "API_KEY",
    "githubToken",
    "ACCESSTOKEN",
  ])("%s is left out", (name) => expect(matches(name)).toBe("one"));
  test.each(["Set-Cookie", "clientSecret", "private key", "email", "E_MAIL", "customerEmail", "user-account-no"])(
    "%s is left out",
    (name) => expect(matches(name)).toBe("one"),
  );
  test.each(["tokenizer", "secretary", "path", "emailed", "key", "account"])("%s stays", (name) =>
    expect(matches(name)).toBeNull(),
  );
});

test("a number of tokens stays, a list of them does not", () => {
  expect(clean({ max_tokens: 100, tokens: ["abc"] })).toEqual({ max_tokens: 100, tokens: "[redacted]" });
});

test("what is not left out stays byte for byte", () => {
  const json = '{ "n": 1.50, "big": 12345678901234567890, "s": "\\u00e9", "list": [ 1.0 ] }';
  expect(redactFields(json, matches)).toBe(json);
});

test("a key that stands twice, or in another spelling, hides nothing", () => {
  expect(redactFields('{"a":{"token":"leak"},"a":1,"pass\\u0077ord":"leak"}', matches)).not.toContain("leak");
});

test("pairs, headers and settings inside text", () => {
  const texts = [
    "curl -H 'Authorization: Bearer leak' https://x",
    "GET /\nCookie: a=leak; b=leak\nAccept: */*",
    'found {"password": "leak", "n": 1} and more',
    "API_KEY=leak",
    "password: 'le ak leak'",
    '{\\"secret\\":\\"leak\\"}',
    "https://x.example/?access_token=leak&b=1",
  ];
  for (const text of texts)
    expect(JSON.stringify(clean({ content: [{ type: "text", text }] })), text).not.toContain("leak");
  expect(clean([{ name: "Cookie", value: "x" }])).toEqual([{ name: "Cookie", value: "[redacted]" }]);
  expect(clean({ text: "time: 12, path=/a" })).toEqual({ text: "time: 12, path=/a" });
});

const camel = (name: string) => name.replace(/[_ -]+(.)/g, (_, letter: string) => letter.toUpperCase());
const spelling = fc
  .tuple(fc.constantFrom(...ALWAYS_REDACTED, ...own), fc.constantFrom("", "x-", "my_", "user "), fc.nat(4))
  .map(([name, prefix, form]) => {
    const whole = `${prefix}${name}`;
    const forms = [
      whole,
      whole.toUpperCase(),
      whole.replaceAll(/[_ -]/g, "-"),
      camel(whole),
      whole.replaceAll(/[ -]/g, "_"),
    ];
    return forms[form] ?? whole;
  });
const SECRET = "s3cr3t-v4lue";
/** Ways to put a value deeper. */
const wrap = fc.constantFrom<((value: unknown) => unknown)[]>(
  ...[
    (value: unknown) => ({ inner: value, other: [1, "two"] }),
    (value: unknown) => [0, value],
    (value: unknown) => JSON.stringify(value),
    (value: unknown) => ({ content: [{ type: "text", text: JSON.stringify(value, null, 2) }] }),
  ].map((one) => [one]),
);
const carried = fc.constantFrom<unknown>(
  SECRET,
  [SECRET],
  { deep: { deeper: [SECRET] } },
  JSON.stringify({ a: SECRET }),
);

test("no value under such a name survives, at any depth and in any spelling", () => {
  fc.assert(
    fc.property(spelling, carried, fc.array(wrap, { maxLength: 8 }), (name, value, wraps) => {
      const payload = wraps.flat().reduce<unknown>((inner, around) => around(inner), { [name]: value, plain: 1 });
      expect(redactFields(JSON.stringify({ payload }), matches)).not.toContain(SECRET);
    }),
    { numRuns: 500 },
  );
});

test("whatever JSON it is, JSON comes out and nothing throws", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      JSON.parse(redactFields(JSON.stringify(value), matches));
    }),
  );
});
