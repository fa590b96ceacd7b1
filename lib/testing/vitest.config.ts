import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("../..", import.meta.url));
const elsewhere = ["**/node_modules/**", "**/dist/**", "**/.next/**", "e2e/**"];

/** Two projects: "unit" touches no disk, network or database; "integ" starts child processes and a database. */
export default defineConfig({
  root,
  resolve: { alias: { "@": root.replace(/\/$/, "") } },
  test: {
    maxWorkers: 2, // most integration tests wait for processes of their own; alone on two cores each would wait for the last
    projects: [
      {
        extends: true,
        test: { name: "unit", include: ["**/*.test.ts"], exclude: [...elsewhere, "**/*.integ.test.ts"] },
      },
      {
        extends: true,
        test: {
          name: "integ",
          include: ["**/*.integ.test.ts"],
          exclude: elsewhere,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
