import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import { parseManifest } from "./manifest";

const GOOD = {
  hosts: [
    { host: "slack.com" },
    { host: "*.slack.com", ports: [443, 8443] },
    { host: "10.0.0.1", http: true, private: true },
  ],
  secrets: {
    SLACK_BOT_TOKEN: {
      hosts: ["slack.com", "files.slack.com"],
      in: ["header:authorization", "query:token", "path", "body"],
      prefix: "xoxb-",
    },
  },
  limits: { deadlineMs: 5_000, concurrency: 4 },
};

describe("parseManifest", () => {
  test("reads what an author may write, and fills in the limits", () => {
    expect(parseManifest(GOOD)).toEqual(GOOD);
    expect(parseManifest({})).toEqual({ hosts: [], secrets: {}, limits: { deadlineMs: 30_000, concurrency: 32 } });
  });

  const hosts = (...names: string[]) => ({ hosts: names.map((host) => ({ host })) });
  const secret = (rule: object, name = "T") => ({
    ...hosts("a.com"),
    secrets: { [name]: { hosts: ["a.com"], ...rule } },
  });
  test.each([
    [{ hots: [] }, "hots"],
    [{ hosts: [{ host: "a.com", htttp: false }] }, "hosts.0.htttp"],
    [hosts("*"), "hosts.0.host"],
    [hosts("*.com"), "hosts.0.host"],
    [hosts("a.com", "*.*.com"), "hosts.1.host"],
    [hosts("A.com"), "hosts.0.host"],
    [hosts("a.com."), "hosts.0.host"],
    [hosts("a.com:443"), "hosts.0.host"],
    [hosts("https://a.com"), "hosts.0.host"],
    [hosts("a.com/x"), "hosts.0.host"],
    [hosts("u@a.com"), "hosts.0.host"],
    [hosts("0x7f.1"), "hosts.0.host"],
    [hosts("2130706433"), "hosts.0.host"],
    [hosts("*.10.0.0.1"), "hosts.0.host"],
    [hosts("bücher.de"), "hosts.0.host"],
    [hosts(""), "hosts.0.host"],
    [hosts("a b.com"), "hosts.0.host"],
    [hosts("a.com\u0000"), "hosts.0.host"],
    [{ hosts: [{ host: "a.com", ports: [0] }] }, "hosts.0.ports.0"],
    [{ hosts: [{ host: "a.com", ports: [] }] }, "hosts.0.ports"],
    [hosts(...Array.from({ length: 51 }, (_, at) => `h${at}.com`)), "hosts"],
    [secret({}, "token"), "secrets.token"],
    [secret({}, "__proto__x"), "secrets.__proto__x"],
    [secret({ hosts: [] }), "secrets.T.hosts"],
    [secret({ hosts: ["b.com"] }), "secrets.T.hosts.0"],
    [secret({ hosts: ["*.a.com"] }), "secrets.T.hosts.0"],
    [secret({ in: [] }), "secrets.T.in"],
    [secret({ in: ["cookie"] }), "secrets.T.in.0"],
    [secret({ in: ["header:host"] }), "secrets.T.in.0"],
    [secret({ in: ["header:content-length"] }), "secrets.T.in.0"],
    [secret({ in: ["header:Authorization"] }), "secrets.T.in.0"],
    [secret({ in: ["header:x-rt-props"] }), "secrets.T.in.0"],
    [secret({ in: ["query:"] }), "secrets.T.in.0"],
    [secret({ in: ["query:a&b"] }), "secrets.T.in.0"],
    [secret({ prefix: "a\r\nb" }), "secrets.T.prefix"],
    [secret({ prefix: "x".repeat(17) }), "secrets.T.prefix"],
    [{ limits: { deadlineMs: 1e9 } }, "limits.deadlineMs"],
    [{ limits: { concurrency: 0 } }, "limits.concurrency"],
    [{ limits: { cpuMs: 5 } }, "limits.cpuMs"],
    [null, "manifest"],
    [[], "manifest"],
    ["{}", "manifest"],
  ])("names what is wrong in %j", (manifest, field) => {
    const error = (() => {
      try {
        return parseManifest(manifest);
      } catch (caught) {
        return caught;
      }
    })();
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: "invalid", field, message: expect.stringContaining(field) });
  });

  test("a prototype in JSON changes nothing", () => {
    const manifest = JSON.parse('{"secrets":{"__proto__":{"hosts":["evil.com"]}},"hosts":[]}');
    try {
      expect(Object.keys(parseManifest(manifest).secrets)).toEqual([]);
    } catch (error) {
      expect(error).toBeInstanceOf(AppError);
    }
    expect(({} as { hosts?: unknown }).hosts).toBeUndefined();
  });

  test("whatever is thrown at it, it answers with a manifest it would read again, or with words", () => {
    const text = fc.oneof(
      fc.string(),
      fc.constantFrom("a.com", "*.a.com", "TOKEN", "header:authorization", "path", "query:k", "127.0.0.1"),
    );
    const shape = fc.record(
      {
        hosts: fc.oneof(
          fc.array(
            fc.oneof(
              fc.record({ host: text, http: fc.boolean(), ports: fc.array(fc.integer()) }, { requiredKeys: [] }),
              fc.anything(),
            ),
          ),
          fc.anything(),
        ),
        secrets: fc.oneof(
          fc.dictionary(
            text,
            fc.record({ hosts: fc.array(text), in: fc.array(text), prefix: text }, { requiredKeys: ["hosts"] }),
          ),
          fc.anything(),
        ),
        limits: fc.anything(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(shape, fc.anything(), fc.jsonValue()), (value) => {
        try {
          const read = parseManifest(value);
          expect(parseManifest(read)).toEqual(read);
        } catch (error) {
          if (!(error instanceof AppError)) throw error;
          expect(error.message.length).toBeLessThan(400);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
