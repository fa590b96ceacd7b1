import { existsSync, readFileSync } from "node:fs";

/** Outcome of a step: counts, and each failure as a title with its text. */
const nothing = () => ({ passed: 0, failed: 0, skipped: 0, failures: [] });

/** What happened where no report could be read: one failure with the program's own words. */
const silent = (title, output) => ({ ...nothing(), failed: 1, failures: [{ title, text: output.slice(-4_000) }] });

/** One check that either holds or not. */
export function readCheck(title, { code, output }) {
  return code === 0
    ? { ...nothing(), passed: 1 }
    : { ...nothing(), failed: 1, failures: [{ title, text: output.slice(-6_000) }] };
}

/** Reads vitest's JSON report. A file that could not even be loaded counts as one failure. */
export function readVitest(title, file, { code, output }) {
  if (!existsSync(file)) return silent(`${title} wrote no report`, output);
  const report = JSON.parse(readFileSync(file, "utf8"));
  const result = {
    ...nothing(),
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  };
  for (const suite of report.testResults) {
    const failed = suite.assertionResults.filter(({ status }) => status === "failed");
    for (const { fullName, failureMessages } of failed)
      result.failures.push({ title: `${suite.name} › ${fullName}`, text: failureMessages.join("\n") });
    if (suite.status === "failed" && failed.length === 0) {
      result.failed++;
      result.failures.push({ title: suite.name, text: suite.message });
    }
  }
  return code !== 0 && result.failed === 0 ? silent(`${title} ended with ${code}`, output) : result;
}

function* specsOf(suite) {
  yield* suite.specs ?? [];
  for (const inner of suite.suites ?? []) yield* specsOf(inner);
}

/** Reads Playwright's JSON report. */
export function readPlaywright(title, file, { code, output }) {
  if (!existsSync(file)) return silent(`${title} wrote no report`, output);
  const report = JSON.parse(readFileSync(file, "utf8"));
  const result = nothing();
  for (const spec of report.suites.flatMap((suite) => [...specsOf(suite)])) {
    for (const test of spec.tests) {
      if (test.status === "skipped") result.skipped++;
      else if (test.status === "expected" || test.status === "flaky") result.passed++;
      else {
        result.failed++;
        const text = test.results.flatMap(({ errors }) => errors.map(({ message }) => message ?? "")).join("\n");
        result.failures.push({ title: `${test.projectName} › ${spec.file}:${spec.line} › ${spec.title}`, text });
      }
    }
  }
  for (const { message } of report.errors ?? []) {
    result.failed++;
    result.failures.push({ title, text: message ?? "" });
  }
  return code !== 0 && result.failed === 0 ? silent(`${title} ended with ${code}`, output) : result;
}

/** Reads what the conformance runs must keep to: each run counts as one, and so does each fault. */
export function readConformance(file, { code, output }) {
  if (!existsSync(file)) return silent("conformance", output);
  const { passed, faults } = JSON.parse(readFileSync(file, "utf8"));
  const failures = faults.map((text) => ({ title: "conformance", text }));
  const result = { ...nothing(), passed: Math.max(0, passed - faults.length), failed: faults.length, failures };
  return code !== 0 && result.failed === 0 ? silent(`conformance ended with ${code}`, output) : result;
}

const COLOUR = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g");

/** Prints failures so that a person finds the place: title, then the first lines of what was said. */
export function printFailures(failures) {
  for (const { title, text } of failures) {
    console.log(`\n✗ ${title}`);
    const lines = text
      .replace(COLOUR, "")
      .split("\n")
      .filter((line) => !/^\s+at .*node_modules/.test(line));
    for (const line of lines.slice(0, 40)) console.log(`    ${line}`);
  }
}
