import { expect, test } from "vitest";
import { fromLocalInput, rangeFault, toLocalInput } from "./local-time";

test("an instant survives the way into the input and back, in whatever zone", () => {
  for (const iso of ["2026-11-24T10:30:00Z", "2024-02-29T23:59:00Z", "1999-12-31T00:00:00Z"])
    expect(fromLocalInput(toLocalInput(iso))).toBe(iso);
});

test("what is no instant is empty", () => {
  for (const text of [null, "", "yesterday", "2026-13-45"]) expect(toLocalInput(text)).toBe("");
  expect(fromLocalInput("")).toBeNull();
  expect(fromLocalInput("soon")).toBeNull();
});

test("a range needs an end, and its end after its start", () => {
  expect(rangeFault("", "")?.field).toBe("from");
  expect(rangeFault("2026-01-02T00:00", "2026-01-01T00:00")?.field).toBe("to");
  expect(rangeFault("2026-01-01T00:00", "2026-01-01T00:00")?.field).toBe("to");
  expect(rangeFault("2026-01-01T00:00", "")).toBeNull();
  expect(rangeFault("", "2026-01-01T00:00")).toBeNull();
});
