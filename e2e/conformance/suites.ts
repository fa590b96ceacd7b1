import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { MODULES } from "../support/clients";
import type { FixtureEra } from "./upstream/start";

/** One set of scenarios of the official suite, at one revision's wire. */
export interface Suite {
  id: string;
  /** Folder of the suite's package below `e2e/clients/node_modules`. */
  package: string;
  args: string[];
  /** For single scenarios again, at the same wire. */
  wire: string;
  /** Scenarios that count; null: all of them. */
  scored: ReadonlySet<string> | null;
  /** What an upstream must speak so that nothing is translated on the way. */
  era: FixtureEra;
}

const CURRENT = "@modelcontextprotocol/conformance";
const STABLE = "conformance-stable";

/** What a revision demands of servers, from the suite's own frozen lists. */
function required(revision: string, leg: "server" | "client"): ReadonlySet<string> {
  const text = readFileSync(join(MODULES, CURRENT, "requirements", `${revision}.yaml`), "utf8");
  return new Set((parse(text) as Record<"server" | "client", string[]>)[leg]);
}

const revision = (wire: string, era: FixtureEra): Suite => ({
  id: wire,
  package: CURRENT,
  args: ["--requirements", wire],
  wire,
  scored: required(wire, "server"),
  era,
});

/** Everything that `npm run conformance` runs against servers. */
export const SUITES = {
  modern: revision("2026-07-28", "modern"),
  legacy: revision("2025-11-25", "legacy"),
  older: {
    id: "2025-06-18 (all)",
    package: CURRENT,
    args: ["--suite", "all", "--spec-version", "2025-06-18"],
    wire: "2025-06-18",
    scored: null,
    era: "legacy",
  },
  stable: {
    id: "0.1.16 (active)",
    package: STABLE,
    args: ["--suite", "active"],
    wire: "2025-11-25",
    scored: null,
    era: "legacy",
  },
} satisfies Record<string, Suite>;

/** Scenarios for clients, without those about OAuth: the gateway's own upstream side sends stored credentials. */
export const CLIENT_SCENARIOS = ["2025-11-25", "2026-07-28"].map((wire) => ({
  wire,
  scenarios: [...required(wire, "client")].filter((scenario) => !scenario.startsWith("auth/")),
}));
