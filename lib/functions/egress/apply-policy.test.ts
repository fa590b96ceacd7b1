import { describe, expect, test } from "vitest";
import type { Policy } from "../contract";
import { applyPolicy, type OutgoingRequest } from "./apply-policy";
import { importPlaceholderKey, placeholdersOf } from "./placeholders";

const policy: Policy = {
  hosts: [{ host: "api.test" }, { host: "*.wild.test", ports: [8443] }, { host: "plain.test", http: true }],
  secrets: {
    TOKEN: { hosts: ["api.test", "*.wild.test"], prefix: "sk_" },
    KEY: { hosts: ["api.test"], in: ["query:key", "header:x-api-key"] },
    BODY: { hosts: ["api.test"], in: ["body"] },
  },
  vars: {},
  limits: { deadlineMs: 1_000, concurrency: 1 },
};
const key = importPlaceholderKey(new Uint8Array(32).fill(1));
const held = async (ws = "ws_a", ins = "srv_a") => placeholdersOf(await key, { ws, ins }, policy.secrets);
const values = new Map([
  ["TOKEN", "sk_real"],
  ["KEY", "k&y ="],
  ["BODY", 'b"ody'],
]);

async function apply(url: string, headers: Record<string, string> = {}, more: Partial<OutgoingRequest> = {}) {
  const request = { method: "GET", url, headers: Object.entries(headers), bodyText: async () => "", ...more };
  return applyPolicy(request as OutgoingRequest, policy, await held(), async (name) => values.get(name) ?? null);
}
const placeholder = async (name: string) => (await held()).get(name) ?? "";

describe("placeholders", () => {
  test("are the same in every isolate, others in each installation, and fit headers and URLs", async () => {
    const [one, again, other, elsewhere] = [
      await held(),
      await held(),
      await held("ws_a", "srv_b"),
      await held("ws_b"),
    ];
    expect(one).toEqual(again);
    expect(one.get("TOKEN")).toMatch(/^sk_ph_TOKEN_[\w-]{22}$/);
    expect(new Set([one, other, elsewhere].map((map) => map.get("TOKEN"))).size).toBe(3);
  });
});

describe("applyPolicy", () => {
  test.each([
    ["https://api.test/", "ok"],
    ["https://api.test./", "ok"],
    ["https://API.test:443/x", "ok"],
    ["https://a.wild.test:8443/", "ok"],
    ["https://a.b.wild.test:8443/", "ok"],
    ["https://a.wild.test/", "port_not_allowed"],
    ["https://wild.test:8443/", "host_not_allowed"],
    ["http://plain.test/", "ok"],
    ["http://plain.test:81/", "port_not_allowed"],
    ["http://api.test/", "https_required"],
    ["https://evilapi.test/", "host_not_allowed"],
    ["https://u:p@api.test/", "bad_request"],
    ["ftp://api.test/", "bad_request"],
    ["/relative", "bad_request"],
  ])("%s: %s", async (url, verdict) => {
    const decision = await apply(url);
    expect(decision.ok ? "ok" : decision.verdict).toBe(verdict);
  });

  test("fills where a secret is bound, and says what it put in", async () => {
    const decision = await apply(`https://api.test/?a=%20&key=${await placeholder("KEY")}`, {
      Authorization: `Bearer ${await placeholder("TOKEN")}`,
    });
    expect(decision).toMatchObject({ ok: true, injected: expect.arrayContaining(["sk_real", "k&y ="]) });
    if (!decision.ok) return;
    expect(decision.url.href).toBe("https://api.test/?a=%20&key=k%26y%20%3D");
    expect(decision.headers).toEqual([
      ["authorization", "Bearer sk_real"],
      ["accept-encoding", "identity"],
    ]);
  });

  test("a body keeps what is not bound to it", async () => {
    const text = JSON.stringify([await placeholder("BODY"), await placeholder("TOKEN")]);
    const headers = { "content-type": "application/json" };
    const both = await apply("https://api.test/", headers, { method: "POST", bodyText: async () => text });
    expect(both).toMatchObject({ ok: true, body: text });
    const one = JSON.stringify([await placeholder("BODY")]);
    const bound = await apply("https://api.test/", headers, { method: "POST", bodyText: async () => one });
    expect(bound).toMatchObject({ ok: true, body: JSON.stringify(['b"ody']) });
  });

  test("drops what the transport or the runtime sets, and a range beside a secret", async () => {
    const own = {
      host: "evil",
      "x-rt-props": "x",
      "content-length": "5",
      te: "trailers",
      range: "bytes=0-3",
      "x-mine": "1",
    };
    const without = await apply("https://api.test/", own);
    expect(without.ok && without.headers.map(([name]) => name)).toEqual(["range", "x-mine", "accept-encoding"]);
    const beside = await apply("https://api.test/", { ...own, authorization: await placeholder("TOKEN") });
    expect(beside.ok && beside.headers.map(([name]) => name)).toEqual(["x-mine", "authorization", "accept-encoding"]);
  });

  test("a value that no header may hold is not sent", async () => {
    values.set("TOKEN", "a\r\nhost: evil");
    expect(await apply("https://api.test/", { authorization: await placeholder("TOKEN") })).toEqual({
      ok: false,
      verdict: "secret_not_set",
    });
    values.set("TOKEN", "sk_real");
  });

  test.each(["TRACE", "track", "CONNECT", "GET\r\n"])("%j is no method", async (method) => {
    expect(await apply("https://api.test/", {}, { method })).toEqual({ ok: false, verdict: "method_not_allowed" });
  });
});
