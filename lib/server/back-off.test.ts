import { expect, test } from "vitest";
import { backOffMs } from "./back-off";

test("doubles from 200 ms to 10 s and stays there", () => {
  expect([1, 2, 3, 4, 5, 6, 7, 100, 100_000].map(backOffMs)).toEqual([
    200, 400, 800, 1600, 3200, 6400, 10_000, 10_000, 10_000,
  ]);
});
