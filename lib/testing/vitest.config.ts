import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("../..", import.meta.url));
const elsewhere = ["**/node_modules/**", "**/dist/**", "**/.next/**", "e2e/**"];

/** With Postgres: what has its SQL shown by the other files, or has none, runs on the embedded database alone. */
const onceOnly = [
  "db/local/{crash,lock}.integ.test.ts",
  "lib/{api,auth,cli,functions,mail}/**",
  "lib/server/{server,functions,http-server,control-endpoint}.integ.test.ts",
  "lib/services/isolation.integ.test.ts",
  "lib/services/function/function.integ.test.ts",
];

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
          exclude: process.env.TEST_DATABASE === "postgres" ? [...elsewhere, ...onceOnly] : elsewhere,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
