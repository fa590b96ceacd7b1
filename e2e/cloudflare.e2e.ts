import { join } from "node:path";
import { expect, proves, test } from "./fixtures";
import { runWrangler } from "./support/clients";
import { ROOT } from "./support/product";

test(proves("functions:cloudflare"), async () => {
  const config = join(ROOT, "lib/functions/worker/wrangler.jsonc");
  const { code, output } = await runWrangler(["deploy", "--dry-run", "--config", config]);
  expect(code, output).toBe(0);
  expect(output).toMatch(/env\.LOADER\s+Worker Loader/);
  expect(output).toContain("--dry-run: exiting now.");
});
