import { describe, expect, test } from "vitest";
import type { AxisView } from "@/lib/services/analytics/view";
import { groupSteps, stepLabel, sumSteps, tickIndexes, tickLabel } from "./steps";

/** Hours from 5 o'clock of the viewer, the first cut at 5:20 and the last running for 40 minutes. */
function axis(hours: number, from = new Date(2026, 10, 2, 5)): AxisView {
  const starts = Array.from({ length: hours }, (_, i) => new Date(from.getTime() + i * 3_600_000).toISOString());
  const to = new Date(from.getTime() + (hours - 1 / 3) * 3_600_000).toISOString();
  return { from: new Date(from.getTime() + 1_200_000).toISOString(), to, step: "hour", starts, partial: true };
}

describe("groupSteps", () => {
  test("a day keeps its hours; those cut by the ends of the range are partial", () => {
    const steps = groupSteps(axis(24));
    expect(steps).toHaveLength(24);
    expect(steps.filter((step) => step.partial)).toEqual([steps[0], steps[23]]);
    expect(steps[0]?.start).toBe(new Date(2026, 10, 2, 5, 20).getTime());
  });

  test.each([24, 49, 169, 193])("%i hours: nothing is lost or counted twice", (hours) => {
    const view = axis(hours);
    const values = view.starts.map((_, index) => index + 1);
    const steps = groupSteps(view);
    expect(sumSteps(steps, values).reduce((a, b) => a + b, 0)).toBe((hours * (hours + 1)) / 2);
    expect(steps.length).toBeLessThan(67);
    for (const [index, step] of steps.entries()) expect(step.start).toBe(steps[index - 1]?.end ?? step.start);
  });

  test("days of UTC stay what they are", () => {
    const starts = ["2026-11-01T00:00:00.000Z", "2026-11-02T00:00:00.000Z"];
    const view: AxisView = { from: starts[0] ?? "", to: "2026-11-03T00:00:00Z", step: "day", starts, partial: false };
    expect(groupSteps(view).map((step) => [tickLabel(step, "day"), step.partial])).toEqual([
      ["1 Nov", false],
      ["2 Nov", false],
    ]);
  });
});

test("labels name both ends of an hour", () => {
  const [step] = groupSteps(axis(3));
  expect(step && stepLabel(step, "hour")).toBe("Mon 2 Nov, 05:20–06:00");
});

test("a week is labelled at its midnights", () => {
  const steps = groupSteps(axis(7 * 24));
  const labels = tickIndexes(steps, "hour").map((index) => steps[index] && tickLabel(steps[index], "hour"));
  expect(labels).toEqual(["3 Nov", "4 Nov", "5 Nov", "6 Nov", "7 Nov", "8 Nov", "9 Nov"]);
});
