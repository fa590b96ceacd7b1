import { expect, test } from "vitest";
import { vouchedAddress } from "./vouched-address";

test("takes plain addresses, whatever their case", () => {
  expect(vouchedAddress("Ana.B+x@Acme.example")).toBe("ana.b+x@acme.example");
});

test.each([
  null,
  "",
  "ana",
  "ana＠acme.example", // wide @
  "ana@acme．example", // wide dot
  "\u212Aate@acme.example", // Kelvin sign
  "аna@acme.example", // Cyrillic a
  "ana@acme.example\u200b",
  " ana@acme.example",
  "ana@acme.example, eve@evil.example",
  "eve@evil.example@acme.example",
  "ana@acme.example\r\n",
])("refuses %j", (raw) => expect(vouchedAddress(raw)).toBeNull());
