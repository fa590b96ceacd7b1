import { expect, test } from "vitest";
import { banner } from "./banner";

const FACTS = {
  version: "1.2.3",
  startedInMs: 1440,
  origin: "http://127.0.0.1:3000",
  lane: "direct",
  database: "embedded",
  dataDir: ".aerostack",
  functions: "run with: unprivileged user, empty network",
  masterKey: { name: "/state/master.key", created: true },
  setupLink: "http://127.0.0.1:3000/setup?token=abc",
} as const;

test("says where everything is, and gives the link on its own line", () => {
  const text = banner(FACTS, false);
  expect(text).toContain("ready in 1.4 s");
  expect(text).toContain("embedded (PGlite) in .aerostack");
  expect(text).toContain("back it up");
  expect(text).toMatch(/Functions +run with: unprivileged user/);
  expect(text.split("\n")).toContain("  http://127.0.0.1:3000/setup?token=abc");
  expect(text).not.toContain("\u001b");
  expect(banner(FACTS, true)).toContain("\u001b[");
});

test("speaks of no link where there is an owner", () => {
  expect(
    banner({ ...FACTS, setupLink: null, masterKey: { name: "AEROSTACK_MASTER_KEY", created: false } }, false),
  ).not.toContain("once");
});
