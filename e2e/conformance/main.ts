import { join } from "node:path";
import { ROOT } from "../support/product";
import { measureClient } from "./client";
import { measure } from "./measure";
import { FULL, QUICK } from "./plan";
import { publish, readPublished } from "./published";
import { outdated, renderTable } from "./table";

const PAGE = { file: join(ROOT, "e2e/conformance/README.md"), name: "conformance" };

/**
 * `npm run conformance` measures everything and writes the published table. `--check` measures what continuous
 * integration can afford and compares. `--only=text` takes the runs whose suite or route has that text, and writes nothing.
 * @returns how many of the things that must hold do, and those that do not
 */
export async function main(args: string[], say: (line: string) => void): Promise<{ passed: number; faults: string[] }> {
  const check = args.includes("--check");
  const only = args.find((argument) => argument.startsWith("--only="))?.slice(7);
  const plan = (check ? QUICK : FULL).filter(
    ({ suite, route, upstream }) => !only || `${suite.id} ${route} ${upstream}`.includes(only),
  );
  const { rows, faults } = await measure(plan, 4, say);
  if (!check && (!only || "client".includes(only))) {
    const client = await measureClient(say);
    rows.push(...client.rows);
    faults.push(...client.faults);
  }
  const table = renderTable(rows);
  say(`\n${table}\n`);
  if (check) {
    const old = outdated(readPublished(PAGE), rows);
    faults.push(...old.map((line) => `The published table does not say: ${line} (npm run conformance writes it)`));
  } else if (!only && faults.length === 0) publish(PAGE, table);
  return { passed: rows.length, faults };
}
