import { type Outcome, runScenario, runSuite } from "./harness";
import { type Row, regressions, rowOf } from "./judge";
import { isBridged, type Run, routeName } from "./plan";
import { reasonFor } from "./reasons";
import { Targets } from "./targets";

/** What came out of all runs. */
export interface Measured {
  rows: Row[];
  /** What must not be: scored checks lost on the way, failures over a bridge without a reason. */
  faults: string[];
}

interface Result {
  run: Run;
  outcome: Outcome;
}

/** A suite's own windows are half a second to two; what they close on while others run is given one try alone. */
async function runOnce(targets: Targets, run: Run): Promise<Result> {
  const target = await targets.open(run);
  try {
    const outcome = await runSuite(run.suite, target.url);
    for (const scenario of odd(run, outcome)) {
      const checks = await runScenario(run.suite, target.url, scenario);
      if (checks.length > 0) outcome.set(scenario, checks);
    }
    return { run, outcome };
  } finally {
    await target.close();
  }
}

/** Scenarios that deserve another look: a failure without a known reason, or a warning where nothing is translated. */
function odd(run: Run, outcome: Outcome): Set<string> {
  const { failures } = rowOf(run.suite, "", outcome);
  const failed = failures.filter(({ scenario, check }) => !isExpected(run, scenario, check));
  const warned = [...outcome].filter(
    ([, checks]) => !isBridged(run) && checks.some(({ status }) => status === "WARNING"),
  );
  return new Set([...failed.map(({ scenario }) => scenario), ...warned.map(([scenario]) => scenario)]);
}

const isExpected = (run: Run, scenario: string, check: string) =>
  isBridged(run) && reasonFor(run.suite.id, scenario, check) !== null;

/** Makes the runs, `atOnce` at a time; each has its fixture, and its workspace where the gateway lies between. */
export async function measure(runs: Run[], atOnce: number, say: (line: string) => void): Promise<Measured> {
  const targets = new Targets();
  const results: Result[] = [];
  const waiting = [...runs];
  const work = async () => {
    for (let run = waiting.shift(); run; run = waiting.shift()) {
      const { suite } = run;
      const at = Date.now();
      const result = await runOnce(targets, run);
      const { passed, failed } = rowOf(suite, "", result.outcome);
      say(
        `${suite.id}, ${routeName(run)}: ${passed} passed, ${failed} failed (${((Date.now() - at) / 1_000).toFixed(0)} s)`,
      );
      results.push(result);
    }
  };
  try {
    await Promise.all(Array.from({ length: atOnce }, work));
  } finally {
    await targets.close();
  }
  const inOrder = runs.flatMap((run) => results.filter((result) => result.run === run));
  return {
    rows: inOrder.map(({ run, outcome }) => rowOf(run.suite, routeName(run), outcome)),
    faults: inOrder.flatMap((result) => faultsOf(result, inOrder)),
  };
}

function faultsOf({ run, outcome }: Result, all: Result[]): string[] {
  const name = `${run.suite.id}, ${routeName(run)}`;
  if (isBridged(run)) {
    return rowOf(run.suite, "", outcome)
      .failures.filter(({ scenario, check }) => reasonFor(run.suite.id, scenario, check) === null)
      .map(({ scenario, check, message }) => `${name}: ${scenario}: ${check}: ${message}`);
  }
  if (run.route === "directly") {
    const { failures } = rowOf(run.suite, "", outcome);
    return failures.filter(({ scored }) => scored).map(({ scenario, check }) => `${name}: ${scenario}: ${check}`);
  }
  const direct = all.find((other) => other.run.suite === run.suite && other.run.route === "directly");
  return direct ? regressions(run.suite, direct.outcome, outcome).map((what) => `${name}: ${what}`) : [];
}
