import { defineConfig } from "playwright/test";
import type { Lane } from "./support/product";

const gateway =
  /(sdk-client|real-clients|inspector|claude-code|any-upstream|bridge|bad-[a-z]+|tokens|isolation|attribution|durability|canary|functions|context-savings)\.e2e\.ts$/;

/** Pictures are made only where they are asked for: the README's changes the tree, those of every page take minutes. */
const pictures = [
  ...(process.env.AEROSTACK_SCREENSHOTS === "1" ? [] : [/readme-picture/]),
  ...(process.env.AEROSTACK_SCREENSHOTS_DIR ? [] : [/screenshots\.e2e/]),
];

/** The gateway's tests run on both lanes; what people and scripts use to manage it runs once. */
export default defineConfig<object, { lane: Lane }>({
  testDir: ".",
  testMatch: "*.e2e.ts",
  outputDir: "../test-results/e2e",
  workers: 2,
  fullyParallel: false,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 15_000 }, // two cores, two tests at once, each with servers of its own
  forbidOnly: Boolean(process.env.CI),
  reporter: process.env.AEROSTACK_E2E_REPORT
    ? [["list"], ["json", { outputFile: process.env.AEROSTACK_E2E_REPORT }]]
    : [["list"]],
  use: {
    screenshot: "only-on-failure",
    launchOptions: { executablePath: process.env.AEROSTACK_CHROMIUM || undefined, args: ["--no-sandbox"] },
  },
  projects: [
    { name: "direct lane", testMatch: gateway, use: { lane: "direct" } },
    { name: "edge lane", testMatch: gateway, use: { lane: "edge" } },
    {
      name: "dashboard",
      testIgnore: [gateway, ...pictures],
      use: { lane: "direct", viewport: { width: 1280, height: 800 } },
    },
  ],
});
