import { expect, test } from "vitest";
import { declaredManifest } from "./declared-manifest";

const HOSTS = { hosts: [{ host: "a.example.com" }] };
const declaring = (manifest: unknown) => ({ serverInfo: {}, _meta: { "aerostack/manifest": manifest } });

test("comes from the answer to initialize, or from the file, or is empty", () => {
  expect(declaredManifest(declaring(HOSTS), undefined).hosts).toEqual(HOSTS.hosts);
  expect(declaredManifest({}, JSON.stringify(HOSTS)).hosts).toEqual(HOSTS.hosts);
  for (const nothing of [{}, null, { _meta: null }])
    expect(declaredManifest(nothing, undefined)).toMatchObject({ hosts: [], secrets: {} });
});

test.each([
  ["both at once", declaring(HOSTS), JSON.stringify(HOSTS)],
  ["a file that is no JSON", {}, "{"],
  ["every host", declaring({ hosts: [{ host: "*" }] }), undefined],
  ["a secret for a host that is not declared", declaring({ secrets: { A: { hosts: ["b.example.com"] } } }), undefined],
  ["an unknown word", declaring({ ...HOSTS, egress: "all" }), undefined],
  ["no object", declaring("all"), undefined],
  ["a forged prototype", {}, '{"__proto__":{"hosts":[]},"hosts":5}'],
])("%s is refused", (_, initialize, file) => {
  expect(() => declaredManifest(initialize, file)).toThrow(expect.objectContaining({ code: "invalid" }));
});
