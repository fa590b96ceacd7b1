import type { Check, Outcome } from "./harness";
import type { Suite } from "./suites";

/** A check that failed. */
export interface Failure {
  scenario: string;
  check: string;
  scored: boolean;
  message: string;
}

/** One line of the published table. */
export interface Row {
  suite: string;
  route: string;
  passed: number;
  failed: number;
  scoredPassed: number;
  scoredFailed: number;
  failures: Failure[];
}

/** Checks count as the suite counts them: warnings, skipped and informative ones do not. */
export function rowOf(suite: Pick<Suite, "id" | "scored">, route: string, outcome: Outcome): Row {
  const row: Row = { suite: suite.id, route, passed: 0, failed: 0, scoredPassed: 0, scoredFailed: 0, failures: [] };
  for (const [scenario, checks] of outcome) {
    const scored = suite.scored?.has(scenario) ?? true;
    for (const { status, id, errorMessage } of checks) {
      if (status === "SUCCESS") {
        row.passed++;
        if (scored) row.scoredPassed++;
      } else if (status === "FAILURE") {
        row.failed++;
        if (scored) row.scoredFailed++;
        row.failures.push({ scenario, check: id, scored, message: (errorMessage ?? "").slice(0, 400) });
      }
    }
  }
  return row;
}

const failing = (checks: Check[] | undefined): Set<string> =>
  new Set(checks?.filter(({ status }) => status === "FAILURE").map(({ id, name }) => `${id} ${name}`));

/** Scored checks that hold directly and fail through the gateway: the ones that must not be. */
export function regressions(suite: Suite, direct: Outcome, through: Outcome): string[] {
  const found: string[] = [];
  for (const [scenario, checks] of direct) {
    if (suite.scored && !suite.scored.has(scenario)) continue;
    const known = failing(checks);
    const now = through.get(scenario);
    if (now === undefined) found.push(`${scenario}: did not run`);
    for (const check of failing(now)) if (!known.has(check)) found.push(`${scenario}: ${check}`);
  }
  return found;
}
