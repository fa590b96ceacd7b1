import fc from "fast-check";
import { expect, test } from "vitest";
import { checkAddress } from "./address-policy";
import { ALLOWED, DENIED } from "./testing/url-policy.cases";
import { checkUrl } from "./url-policy";

const POLICY = { allowPrivate: [], ownHosts: ["gateway.example"] };

test.each(DENIED)("denied: %s", (_title, url) => {
  const verdict = checkUrl(url, POLICY);
  expect(verdict.ok).toBe(false);
  expect(verdict.ok ? "" : verdict.reason).toMatch(/^[\x20-\x7e]{10,}\.$/);
});

test.each(ALLOWED)("allowed: %s", (_title, url, stored) => {
  const verdict = checkUrl(url, POLICY);
  expect(verdict.ok && verdict.url.href).toBe(stored);
  expect(verdict.ok && verdict.origin).toBe(new URL(stored).origin);
});

test("what passes never parses to a private address, whatever stands before the host", () => {
  const hosts = fc.oneof(
    fc.ipV4Extended(),
    fc.ipV4().map((ip) => ip.replaceAll(".", "%2e")),
    fc.ipV6().map((ip) => `[${ip}]`),
    fc.domain(),
  );
  const url = fc
    .tuple(
      fc.constantFrom("https://", "https:/", "http://", "https://x@"),
      hosts,
      fc.constantFrom("", "/", ":443/", ":1/a?b#c"),
    )
    .map((parts) => parts.join(""));
  fc.assert(
    fc.property(url, (text) => {
      const verdict = checkUrl(text, POLICY);
      if (!verdict.ok) return;
      const { hostname } = new URL(text);
      const literal = /^\[|^[\d.]+$/.test(hostname);
      if (literal) expect(checkAddress(hostname, { hostname, port: 443 }, POLICY).ok).toBe(true);
      expect(verdict.url.protocol).toBe("https:");
    }),
    { numRuns: 2_000 },
  );
});

test("any text at all gets a verdict", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom("https://", ..."hp:/.@[]%2e?#\\17x-。\0 ü\ud800") }),
      (text) => typeof checkUrl(text, POLICY).ok === "boolean",
    ),
  );
});

test.each([
  [["localhost"], "http://localhost:8787/mcp", true],
  [["localhost:8787"], "http://localhost:8787/mcp", true],
  [["localhost:8787"], "http://localhost:8788/mcp", false],
  [["127.0.0.1"], "http://127.0.0.1:9/", true],
  [["127.0.0.1:80"], "http://127.0.0.1/", true],
  [["127.0.0.1"], "http://127.0.0.2/", false],
  [["10.0.0.0/8"], "http://10.1.2.3:3000/mcp", true],
  [["10.0.0.0/8"], "https://10.1.2.3/mcp", true],
  [["10.0.0.0/8:3000"], "http://10.1.2.3:3001/mcp", false],
  [["10.0.0.0/8"], "http://11.1.2.3/mcp", false],
  [["10.0.0.0/8"], "https://db.internal/", false],
  [["[::1]:3000"], "http://[::1]:3000/", true],
  [["::1"], "http://[::1]:3000/", true],
  [["fd00::/8"], "http://[fd12::1]/", true],
  [["everything"], "http://everything:3001/mcp", true],
  [["db.internal"], "http://db.internal/", true],
  [["example.com"], "http://example.com/", true],
  [["0.0.0.0/0"], "http://192.168.1.1/", true],
  [["0.0.0.0/0"], "http://169.254.169.254/", false],
  [["0.0.0.0/0"], "http://8.8.8.8/", false],
  [["169.254.169.254"], "http://169.254.169.254/", true],
  [["0.0.0.0"], "http://0.0.0.0/", false],
  [["10.0.0.0/99", "/8", ":80", "garbage//"], "http://10.0.0.1/", false],
])("allow list %j decides %s: %s", (allowPrivate, url, ok) => {
  expect(checkUrl(url, { allowPrivate, ownHosts: [] }).ok).toBe(ok);
});

test("a private address names the operator's switches", () => {
  for (const url of ["https://localhost/", "https://10.0.0.1/", "https://db.internal/"]) {
    const verdict = checkUrl(url, POLICY);
    expect(verdict.ok ? "" : verdict.reason).toMatch(/AEROSTACK_ALLOW_PRIVATE_UPSTREAMS.*Instance page/);
  }
});

test("the gateway's own address is refused even where the operator allows the host", () => {
  const policy = { allowPrivate: ["localhost", "127.0.0.0/8"], ownHosts: ["localhost:3000"] };
  expect(checkUrl("http://localhost:3000/ws/a/sse", policy).ok).toBe(false);
  expect(checkUrl("http://127.0.0.1:3000/ws/a/sse", policy).ok).toBe(false);
  expect(checkUrl("http://127.0.0.1:3001/mcp", policy).ok).toBe(true);
});

test.each([
  ["8.8.8.8", [], true],
  ["2606:4700:4700::1111", [], true],
  ["::ffff:8.8.8.8", [], true],
  ["::ffff:127.0.0.1", [], false],
  ["fe80::1%eth0", [], false],
  ["127.0.0.1", ["a.test"], true],
  ["169.254.169.254", ["a.test"], false],
  ["127.0.0.1", ["a.test:444"], false],
  ["10.1.1.1", ["10.0.0.0/8"], true],
  ["::ffff:10.1.1.1", ["10.0.0.0/8"], true],
  ["garbage", ["a.test"], false],
])("a.test at %s with %j: %s", (ip, allowPrivate, ok) => {
  expect(checkAddress(ip, { hostname: "a.test", port: 443 }, { allowPrivate, ownHosts: [] }).ok).toBe(ok);
});
