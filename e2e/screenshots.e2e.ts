import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page } from "playwright/test";
import { test } from "./fixtures";
import { Api } from "./support/api";
import { signIn } from "./support/browser";
import { livelyPlace } from "./support/lively";
import { nameOf, PAGES } from "./support/pages";
import { RESULTS, startProduct } from "./support/product";
import { startScene } from "./support/scene";

const SIZES = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
const DIRECTORY = process.env.AEROSTACK_SCREENSHOTS_DIR || join(RESULTS, "screenshots");

/** Not a promise but pictures: every page, light and dark, wide and narrow. `npm run screenshots -- <folder>`. */
test("pictures of every page", async ({ browser }) => {
  test.setTimeout(15 * 60_000);
  mkdirSync(DIRECTORY, { recursive: true });
  const product = await startProduct({ lane: "direct", env: { AEROSTACK_DESIGN: "1" } });
  const scene = await startScene();
  try {
    const place = await livelyPlace(product, new Api(product.origin, product.apiKey), browser, scene);
    for (const visitor of [true, false]) {
      const context = await browser.newContext({ viewport: SIZES.desktop });
      const page = await context.newPage();
      if (!visitor) await signIn(page, product);
      for (const [name, visits] of Object.entries(PAGES))
        for (const [index, visit] of visits.entries()) {
          if (Boolean(visit.visitor) !== visitor) continue;
          await page.setViewportSize(SIZES.desktop);
          await page.goto(product.origin + visit.path(place));
          await settled(page);
          await pictures(page, nameOf(name, index));
        }
      await context.close();
    }
  } finally {
    await product.stop();
    await scene.close();
  }
});

async function settled(page: Page): Promise<void> {
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  await expect(page.getByRole("status", { name: "Loading" })).toHaveCount(0, { timeout: 30_000 });
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(800); // charts draw themselves
}

async function pictures(page: Page, name: string): Promise<void> {
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await page.waitForTimeout(250);
      const path = join(DIRECTORY, `${name}.${size}.${colorScheme}.png`);
      await page.screenshot({ path, animations: "disabled", fullPage: true });
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
}
