import { defineConfig } from "drizzle-kit";

/** Only `drizzle-kit generate` is used; migrations run at boot (`db/migrate.ts`), so no connection stands here. */
export default defineConfig({ dialect: "postgresql", schema: "./db/schema/index.ts", out: "./db/migrations" });
