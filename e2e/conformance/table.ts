import type { Row } from "./judge";
import { rowsOf, tableOf } from "./published";
import { reasonFor } from "./reasons";

const CELLS = ["suite", "route", "passed", "failed", "scoredPassed", "scoredFailed"] as const;
type Line = Pick<Row, (typeof CELLS)[number]>;

const HEAD = ["Suite", "Route", "Passed", "Failed", "Scored, passed", "Scored, failed"];
const NUMBERS = [false, false, true, true, true, true];

const cellsOf = (row: Line) => CELLS.map((cell) => row[cell]);

/** The table, and below it how many checks fail of which scenarios, by the reason known for them. */
export function renderTable(rows: Row[]): string {
  const failing = rows
    .filter(({ failed }) => failed > 0)
    .map((row) => `${row.suite}, ${row.route}:\n\n${byReason(row)}`);
  const list = failing.length > 0 ? `\n\nWhat fails, and why it must:\n\n${failing.join("\n\n")}` : "";
  return `${tableOf(HEAD, rows.map(cellsOf), NUMBERS)}${list}`;
}

function byReason({ suite, failures }: Row): string {
  const reasons = new Map<string, { checks: number; scenarios: Set<string> }>();
  for (const { scenario, check, scored } of failures) {
    const why = `${reasonFor(suite, scenario, check) ?? "unexplained"}${scored ? "" : " (not scored)"}`;
    const known = reasons.get(why) ?? { checks: 0, scenarios: new Set() };
    known.checks++;
    reasons.set(why, { ...known, scenarios: known.scenarios.add(scenario) });
  }
  return [...reasons]
    .map(
      ([why, { checks, scenarios }]) =>
        `- ${checks} of ${[...scenarios].map((name) => `\`${name}\``).join(", ")}: ${why}`,
    )
    .join("\n");
}

/**
 * What the published table says otherwise than it was measured. Fewer passed ones with no failure more are no matter: a
 * SHOULD whose window closed on a busy machine is a warning, and warnings do not count.
 */
export function outdated(published: string, rows: Row[]): string[] {
  const known = new Map(rowsOf(published).map(parse));
  return rows
    .filter((row) => {
      const said = known.get(keyOf(row));
      return !said || said.failed !== row.failed || said.scoredFailed !== row.scoredFailed || said.passed < row.passed;
    })
    .map((row) => cellsOf(row).join(" | "));
}

const keyOf = ({ suite, route }: Line) => `${suite} | ${route}`;

function parse([suite = "", route = "", ...counts]: string[]): [string, Line] {
  const [passed = 0, failed = 0, scoredPassed = 0, scoredFailed = 0] = counts.map(Number);
  const row = { suite, route, passed, failed, scoredPassed, scoredFailed };
  return [keyOf(row), row];
}
