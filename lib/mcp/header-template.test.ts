import fc from "fast-check";
import { expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import {
  fillTemplate,
  secretNames,
  validateHeaderName,
  validateSecretValue,
  validateTemplate,
} from "./header-template";

function refusal(run: () => void): AppError {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    return error as AppError;
  }
  throw new Error("nothing was refused");
}

test("templates are filled from secrets", () => {
  const values = new Map([
    ["A", "user"],
    ["B", "p:w"],
    ["TOKEN_2", "sk_1"],
  ]);
  expect(fillTemplate("Bearer {{TOKEN_2}}", values)).toBe("Bearer sk_1");
  expect(fillTemplate("Basic {{b64:A:B}}", values)).toBe(`Basic ${btoa("user:p:w")}`);
  expect(fillTemplate("{{A}}-{{A}};v=1", values)).toBe("user-user;v=1");
  expect(fillTemplate("plain", values)).toBe("plain");
});

test("the names a template uses come once and in order", () => {
  expect(secretNames("{{B}} {{b64:A:B}} {{C}}")).toEqual(["B", "A", "C"]);
  expect(secretNames("plain")).toEqual([]);
});

test("a value is not read as a template again", () => {
  expect(
    fillTemplate(
      "{{A}}",
      new Map([
        ["A", "{{B}}"],
        ["B", "stolen"],
      ]),
    ),
  ).toBe("{{B}}");
});

test("a missing secret is named", () => {
  expect(refusal(() => fillTemplate("{{A}}{{B}}", new Map([["A", "x"]]))).message).toContain("secret B");
});

test("a stored value that could split a header is never sent, and never quoted", () => {
  const error = refusal(() => fillTemplate("Bearer {{A}}", new Map([["A", "canary\r\nX-Evil: 1"]])));
  expect(error.code).toBe("internal");
  expect(error.message).not.toContain("canary");
});

test.each([
  "",
  " x",
  "x ",
  "{{a}}",
  "{{A",
  "A}}",
  "{{}}",
  "{{A B}}",
  "{{b64:A}}",
  "{{b64:A:}}",
  "{{b64:A:B:C}}",
  "{{{A}}}",
  "a\r\nb",
  "ü",
  "{{secret:A}}",
  "{{1A}}",
  "x\u200b",
])("the template %j is refused", (template) => {
  const error = refusal(() => validateTemplate(template));
  expect([error.code, error.field]).toEqual(["invalid", "template"]);
});

test.each(["Bearer {{A}}", "Basic {{b64:A:B}}", "{{A}}", "2025-01-01", "Token token={{A}}", `{{${"A".repeat(64)}}}`])(
  "the template %j is fine",
  (template) => {
    expect(() => validateTemplate(template)).not.toThrow();
  },
);

const RESERVED_NAMES =
  "host Connection transfer-encoding te trailer keep-alive expect mcp-session-id MCP-Protocol-Version Mcp-Method accept-encoding x-forwarded-host content-length Content-Type upgrade proxy-authorization sec-fetch-site cookie".split(
    " ",
  );
test.each([...RESERVED_NAMES, "x key", "x:key", "", "x\r\ny", "ü", "a".repeat(257)])(
  "the header name %j is refused",
  (name) => {
    expect(refusal(() => validateHeaderName(name)).field).toBe("name");
  },
);

test.each(["Authorization", "x-api-key", "X-Weird!#$%&*+.^_|~", "DD-API-KEY", "User-Agent"])(
  "the header name %j is fine",
  (name) => {
    expect(() => validateHeaderName(name)).not.toThrow();
  },
);

test.each([
  "canary\r\nX-Evil: 1",
  "canary\nX-Evil: 1",
  "canary\rb",
  "canary\r\n",
  " canary ",
  "\u200bcanary",
  "canaryü",
  "canary\0",
  "canary".padEnd(8_193, "a"),
  "canary\u00a0",
])("the value %j is refused without being quoted", (value) => {
  const error = refusal(() => validateSecretValue(value));
  expect([error.code, error.field]).toEqual(["invalid", "value"]);
  expect(error.message).not.toContain("canary");
});

test.each(["a".repeat(4_096), "a".repeat(8_192), "Bearer sk_test_123", "x"])("a plain value is fine", (value) => {
  expect(() => validateSecretValue(value)).not.toThrow();
});

test("every value that passes the check makes a header that fetch accepts", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."aZ0 \t\r\n\0~{}\u00a0ü\u200b"), maxLength: 20 }), (value) => {
      try {
        validateSecretValue(value);
      } catch {
        return;
      }
      const filled = fillTemplate("{{A}}", new Map([["A", value]]));
      expect(new Headers({ "x-key": filled }).get("x-key")).toBe(value);
    }),
    { numRuns: 1_000 },
  );
});
