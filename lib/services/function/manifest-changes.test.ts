import { expect, test } from "vitest";
import { parseManifest } from "@/lib/functions/manifest";
import { manifestChanges, widened } from "./manifest-changes";

const hosts = (...list: object[]) => parseManifest({ hosts: list });
const secret = (rule: object) =>
  parseManifest({ hosts: [{ host: "a.example.com" }, { host: "b.example.com" }], secrets: { TOKEN: rule } });
const A = { host: "a.example.com" };

test.each([
  ["nothing", hosts(A), hosts(A), []],
  ["another order", hosts(A, { host: "b.example.com" }), hosts({ host: "b.example.com" }, A), []],
  ["a new host", hosts(A), hosts(A, { host: "b.example.com" }), ["May also reach b.example.com"]],
  ["a host that a wider name held", hosts({ host: "*.example.com" }), hosts(A), []],
  ["a wider name", hosts(A), hosts({ host: "*.example.com" }), ["May also reach *.example.com"]],
  [
    "plain http",
    hosts(A),
    hosts({ ...A, http: true }),
    ["May also reach a.example.com without encryption and at port 80"],
  ],
  ["another port", hosts(A), hosts({ ...A, ports: [443, 8443] }), ["May also reach a.example.com at port 8443"]],
  [
    "a private network",
    hosts(A),
    hosts({ ...A, private: true }),
    ["May also reach a.example.com on a private network"],
  ],
  [
    "a host held already, but on a private network",
    hosts({ host: "*.example.com" }),
    hosts({ ...A, private: true }),
    ["May also reach a.example.com"],
  ],
  ["fewer ports", hosts({ ...A, ports: [443, 8443] }), hosts(A), []],
  ["fewer hosts", hosts(A), hosts(), []],
  [
    "a secret's hosts",
    secret({ hosts: ["a.example.com"] }),
    secret({ hosts: ["a.example.com", "b.example.com"] }),
    ["May also send TOKEN to b.example.com"],
  ],
  [
    "a secret's place",
    secret({ hosts: ["a.example.com"] }),
    secret({ hosts: ["a.example.com"], in: ["body"] }),
    ["May also send TOKEN in body"],
  ],
  [
    "the default place, written out",
    secret({ hosts: ["a.example.com"] }),
    secret({ hosts: ["a.example.com"], in: ["header:authorization"] }),
    [],
  ],
  [
    "more time",
    parseManifest({ limits: { deadlineMs: 1_000 } }),
    parseManifest({ limits: { deadlineMs: 2_000 } }),
    ["Time for a call, in ms: 1000 before, 2000 now"],
  ],
])("%s", (_, before, after, wider) => {
  expect(widened(before, after)).toEqual(wider);
});

test("what became narrower is shown too, and the first deployment widens nothing", () => {
  const before = parseManifest({ hosts: [A], secrets: { TOKEN: { hosts: ["a.example.com"] } } });
  expect(manifestChanges(before, hosts())).toEqual([
    { kind: "host", name: "a.example.com", wider: false, text: "May no longer reach a.example.com" },
    { kind: "secret", name: "TOKEN", wider: false, text: "Uses TOKEN no longer" },
  ]);
  expect(widened(null, before)).toEqual([]);
});
