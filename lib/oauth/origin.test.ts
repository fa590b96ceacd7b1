import { expect, test } from "vitest";
import { originOf } from "./origin";

const from = (headers: Record<string, string>, publicUrl: string | null = null, trustProxy = 0) =>
  originOf(new Headers(headers), { publicUrl, trustProxy });

test("the configured origin wins over whatever the request says", () =>
  expect(from({ host: "evil.example" }, "https://gw.example")).toBe("https://gw.example"));

test.each([
  [{ host: "127.0.0.1:3000" }, "http://127.0.0.1:3000"],
  [{ host: "localhost:3000" }, "http://localhost:3000"],
  [{ host: "[::1]:3000" }, "http://[::1]:3000"],
  [{ host: "192.0.2.1" }, "http://192.0.2.1"],
  [{ host: "evil.example" }, null],
  [{ host: "127.0.0.1.evil.example" }, null],
  [{ host: "127.0.0.1:3000/x" }, null],
  [{}, null],
])("%j → %s", (headers, expected) => expect(from(headers as Record<string, string>)).toBe(expected));

test("the scheme is a trusted proxy's to say", () => {
  const headers = { host: "192.0.2.1", "x-forwarded-proto": "https" };
  expect(from(headers)).toBe("http://192.0.2.1");
  expect(from(headers, null, 1)).toBe("https://192.0.2.1");
});
