import type { IncomingMessage } from "node:http";
import { describe, expect, test } from "vitest";
import { settleForwarded, sourceIp } from "./source-ip";

const request = (headers: Record<string, string>, remoteAddress = "203.0.113.7") =>
  ({ headers, socket: { remoteAddress } }) as unknown as IncomingMessage;

describe("sourceIp", () => {
  test("is the socket's address, whatever the client claims", () => {
    expect(sourceIp(request({ "x-forwarded-for": "10.0.0.1" }), 0)).toBe("203.0.113.7");
    expect(sourceIp(request({}, "::ffff:127.0.0.1"), 0)).toBe("127.0.0.1");
  });

  test("counts trusted proxies from the right, so that a forged entry is never reached", () => {
    const forged = request({ "x-forwarded-for": "1.1.1.1, 198.51.100.4, 192.0.2.1" });
    expect(sourceIp(forged, 1)).toBe("192.0.2.1");
    expect(sourceIp(forged, 2)).toBe("198.51.100.4");
    expect(sourceIp(request({}), 1)).toBe("203.0.113.7");
    expect(sourceIp(request({ "x-forwarded-for": "192.0.2.1" }), 2)).toBe("203.0.113.7");
  });
});

test("settleForwarded leaves no header by which a client could claim another host or scheme", () => {
  const claimed = {
    "x-forwarded-for": "1.1.1.1",
    "x-forwarded-host": "evil.example",
    "x-forwarded-proto": "https",
    forwarded: "for=1.1.1.1",
  };
  const untrusted = request({ ...claimed });
  settleForwarded(untrusted, 0);
  expect(untrusted.headers).toEqual({ "x-forwarded-for": "203.0.113.7" });
  const trusted = request({ ...claimed });
  settleForwarded(trusted, 1);
  expect(trusted.headers).toMatchObject({ "x-forwarded-host": "evil.example", "x-forwarded-for": "1.1.1.1" });
});
