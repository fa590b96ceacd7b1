import { join } from "node:path";
import { expect, test } from "./fixtures";
import { Api } from "./support/api";
import { signIn } from "./support/browser";
import { callTool } from "./support/mcp";
import { ROOT, startProduct } from "./support/product";
import { startScene } from "./support/scene";

/** Not a promise but a picture: `AEROSTACK_SCREENSHOTS=1` makes `public/dashboard.png` for the README. */
test("the README's picture of the overview", async ({ page }) => {
  test.setTimeout(120_000);
  const product = await startProduct({ lane: "direct", port: 3000 });
  const scene = await startScene();
  try {
    const api = new Api(product.origin, product.apiKey);
    await api.createWorkspace({ name: "Engineering", slug: "engineering" });
    for (const { slug, name, url } of scene.servers) await api.addServer("engineering", { slug, name, url });
    const people = new Map<string, string>();
    for (const [who, tool] of scene.calls) {
      const token = people.get(who) ?? (await api.createToken("engineering", who)).token;
      people.set(who, token);
      await callTool(`${product.origin}/ws/engineering/sse`, token, tool);
    }
    await signIn(page, product);
    await page.goto(`${product.origin}/w/engineering`);
    await expect(page.getByRole("cell", { name: "Alice Chen" }).first()).toBeVisible();
    await page.locator(".recharts-surface").first().waitFor(); // it comes after the page
    await page.screenshot({ path: join(ROOT, "public/dashboard.png"), animations: "disabled" });
  } finally {
    await product.stop();
    await scene.close();
  }
});
