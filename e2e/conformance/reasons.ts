/** Why checks fail over a bridge though nothing is broken; a failure without a line here fails the run. */
interface Reason {
  suite: string;
  scenario: RegExp;
  checks: RegExp;
  why: string;
}

const REASONS: Reason[] = [
  {
    suite: "2026-07-28",
    scenario: /^input-required-result-basic-elicitation$/,
    checks: /^sep-2322-elicitation-incomplete$/,
    why: "the suite wants the fixture's own key; a request of an older server has none, so the gateway makes one up",
  },
  {
    suite: "2026-07-28",
    scenario: /^server-stateless$/,
    checks: /^sep-2575-(?:server-rejects-undeclared-capability|missing-capability-http-400)$/,
    why: "an older server says by a result what it lacks; -32021 came with 2026-07-28",
  },
  {
    suite: "2026-07-28",
    scenario: /^tasks-/,
    checks: /./,
    why: "tasks as an extension came with 2026-07-28, and those of 2025-11-25 cannot be translated into them",
  },
];

/** The reason for a failure over a bridge, or null. */
export const reasonFor = (suite: string, scenario: string, check: string): string | null =>
  REASONS.find((reason) => reason.suite === suite && reason.scenario.test(scenario) && reason.checks.test(check))
    ?.why ?? null;
