import { SUITES, type Suite } from "./suites";
import type { FixtureEra } from "./upstream/start";

export type Route = "directly" | "direct lane" | "edge lane";

/** One run: a suite, over one route, to an upstream of one era. */
export interface Run {
  suite: Suite;
  route: Route;
  upstream: FixtureEra;
}

const LANES: Route[] = ["direct lane", "edge lane"];

/** The client's revision and the upstream's differ, so the gateway translates. */
export const isBridged = ({ suite, upstream }: Run): boolean => upstream !== suite.era;

/** Alike on both sides: what passes directly must pass through. */
const alike = (suite: Suite): Run[] =>
  (["directly", ...LANES] as const).map((route) => ({ suite, route, upstream: suite.era }));

const bridged = (suite: Suite): Run[] => {
  const upstream = suite.era === "modern" ? "legacy" : "modern";
  return LANES.map((route) => ({ suite, route, upstream }));
};

/** What continuous integration can afford: the two living revisions, and each bridge over one lane. */
export const QUICK: Run[] = [
  ...alike(SUITES.modern),
  ...alike(SUITES.legacy),
  ...bridged(SUITES.modern).slice(0, 1),
  ...bridged(SUITES.legacy).slice(0, 1),
];

/** Everything that is published. */
export const FULL: Run[] = [
  ...Object.values(SUITES).flatMap(alike),
  ...bridged(SUITES.modern),
  ...bridged(SUITES.legacy),
];

/** A run's name in the table. */
export const routeName = (run: Run): string =>
  isBridged(run)
    ? `${run.route}, to an upstream of ${run.upstream === "modern" ? "2026-07-28" : "2025-11-25"}`
    : run.route;
