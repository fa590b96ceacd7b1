import { runClientScenario } from "./harness";
import type { Row } from "./judge";
import { rowOf } from "./judge";
import { CLIENT_SCENARIOS } from "./suites";

/** The gateway's own upstream client against the suite's servers: everything but OAuth. */
export async function measureClient(say: (line: string) => void): Promise<{ rows: Row[]; faults: string[] }> {
  const command = process.env.AEROSTACK_UPSTREAM_CLIENT;
  if (!command) return { rows: [], faults: ["There is no upstream client to measure"] };
  const rows: Row[] = [];
  for (const { wire, scenarios } of CLIENT_SCENARIOS) {
    const checks = scenarios.map(
      async (scenario) => [scenario, await runClientScenario(command, scenario, wire)] as const,
    );
    const row = rowOf(
      { id: `${wire}, client`, scored: null },
      "the gateway's upstream client",
      new Map(await Promise.all(checks)),
    );
    say(`${row.suite}: ${row.passed} passed, ${row.failed} failed`);
    rows.push(row);
  }
  const faults = rows.flatMap(({ suite, failures }) =>
    failures.map(({ scenario, check, message }) => `${suite}: ${scenario}: ${check}: ${message}`),
  );
  return { rows, faults };
}
