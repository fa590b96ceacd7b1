import { expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import { checkHeaders, checkSecretValues } from "./check-headers";

function fault(run: () => unknown): { code: string; field: string | undefined; message: string } {
  try {
    run();
  } catch (error) {
    if (error instanceof AppError) return { code: error.code, field: error.field, message: error.message };
  }
  throw new Error("nothing was refused");
}

test("a credential in the open is warned about, a sealed one and an ordinary header are not", () => {
  expect(checkHeaders([{ name: "Authorization", template: "Bearer abc123" }])).toHaveLength(1);
  expect(checkHeaders([{ name: "X-Api-Key", template: "abc123" }])).toHaveLength(1);
  expect(checkHeaders([{ name: "Authorization", template: "Bearer {{TOKEN}}" }])).toEqual([]);
  expect(checkHeaders([{ name: "X-Grafana-URL", template: "https://g.example" }])).toEqual([]);
});

test("the faulty header is named, its text is not", () => {
  const headers = [
    { name: "X-Ok", template: "1" },
    { name: "Host", template: "canary-value" },
  ];
  const found = fault(() => checkHeaders(headers));
  expect(found).toMatchObject({ code: "invalid", field: "headers.1.name" });
  expect(found.message).not.toContain("canary");
  expect(fault(() => checkHeaders([{ name: "X-A", template: "a\nb" }])).field).toBe("headers.0.template");
});

test("one header twice is refused, in any case", () => {
  const twice = [
    { name: "X-A", template: "1" },
    { name: "x-a", template: "2" },
  ];
  expect(fault(() => checkHeaders(twice)).field).toBe("headers.1.name");
});

test("a bad secret is named, its value is not", () => {
  const found = fault(() => checkSecretValues({ GOOD: "abc", BAD: " canary " }));
  expect(found).toMatchObject({ code: "invalid", field: "secrets.BAD" });
  expect(found.message).not.toContain("canary");
});
