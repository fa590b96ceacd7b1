import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { literalAddress } from "./allow-private";
import { allowsIp, canonicalRange } from "./ip-allow";

describe("one line", () => {
  test.each([
    ["192.0.2.7", "192.0.2.7"],
    [" 192.0.2.7/24 ", "192.0.2.0/24"],
    ["10.0.0.0/8", "10.0.0.0/8"],
    ["0.0.0.0/0", "0.0.0.0/0"],
    ["192.0.2.7/32", "192.0.2.7"],
    ["2001:DB8::1", "2001:db8::1"],
    ["2001:db8:1::/32", "2001:db8::/32"],
    ["::1/128", "::1"],
    ["::ffff:192.0.2.7", "192.0.2.7"],
  ])("%s is %s", (line, canonical) => expect(canonicalRange(line)).toBe(canonical));
  test.each([
    ..."|example.com|127.1|0x7f.0.0.1|1|192.0.2|192.0.2.7:80|192.0.2.7/33|192.0.2.7/|::1/129|[::1]|fe80::1%eth0|10.0.0.0/8/8|1.2.3.4/-1|/8".split(
      "|",
    ),
  ])("%j is none", (line) => expect(canonicalRange(line)).toBeNull());
  test("whatever is written, nothing throws", () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.ipV4Extended(), fc.ipV6()), (line) => void canonicalRange(line)));
  });
});

test("an empty list lets everybody in, a full one nobody unknown", () => {
  expect(allowsIp([], null)).toBe(true);
  expect(allowsIp(["0.0.0.0/0", "::/0"], null)).toBe(false);
  expect(allowsIp(["0.0.0.0/0", "::/0"], "not an address")).toBe(false);
});

test.each([
  [["192.0.2.0/24"], "192.0.2.255", true],
  [["192.0.2.0/24"], "192.0.3.0", false],
  [["192.0.2.0/24"], "::ffff:192.0.2.1", true],
  [["::ffff:192.0.2.0/120"], "192.0.2.1", true],
  [["10.0.0.0/9"], "10.127.1.1", true],
  [["10.0.0.0/9"], "10.128.0.0", false],
  [["2001:db8::/33"], "2001:db8:7fff::1", true],
  [["2001:db8::/33"], "2001:db8:8000::1", false],
  [["fe80::/10"], "fe80::1%eth0", true],
  [["::/0"], "192.0.2.1", false],
  [["0.0.0.0/0"], "2001:db8::1", false],
  [["198.51.100.1", "192.0.2.1"], "192.0.2.1", true],
])("%j and %s: %s", (list, ip, allowed) => expect(allowsIp(list, ip)).toBe(allowed));

test("what is written as one line lets its own address in", () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), fc.nat(32), (ip, bits) => {
      const line = canonicalRange(`${ip}/${bits}`);
      // A mapped address counts as IPv4, which no range of IPv6 lets in (see `::/0` above).
      const mapped = ip.includes(":") && literalAddress(ip)?.kind() === "ipv4" && line?.includes(":");
      if (line && !mapped) expect(allowsIp([line], ip)).toBe(true);
    }),
  );
});
