import type { Locator, Page } from "playwright/test";
import { expect as lenient, proves, test } from "./fixtures";
import { shot, signIn, watchErrors } from "./support/browser";
import { connect } from "./support/mcp";

/** Pages of nine charts take their time on a busy machine. */
const expect = lenient.configure({ timeout: 15_000 });

test(proves("dashboard:analytics"), async ({ page, product, workspace, upstream, browser }) => {
  test.setTimeout(90_000);
  await workspace.addSecret("vault", upstream);
  const errors = watchErrors(page);
  await signIn(page, product);
  const analytics = `${product.origin}/w/${workspace.slug}/analytics`;
  await page.goto(analytics);
  await expect(page.getByRole("heading", { name: "No calls yet" })).toBeVisible();

  const client = await connect(workspace.mcp, workspace.token, "http");
  for (let n = 0; n < 5; n++) await client.callTool({ name: "vault__echo", arguments: { message: "hello" } });
  await client.callTool({ name: "vault__boom", arguments: {} }).catch(() => null);
  await client.callTool({ name: "vault__nothing", arguments: {} }).catch(() => null);
  await client.close();

  await page.goto(`${analytics}?range=24h&by=tool`);
  await expect(tile(page, "Calls")).toHaveText("7");
  const chart = page.getByRole("region", { name: "Calls over time" });
  await expect(chart.getByRole("button", { name: "vault__echo 5" })).toBeVisible();
  await expect(chart.locator(".recharts-bar-rectangle rect").first()).toBeVisible();
  await shot(page, "40-analytics");
  await chart.getByRole("button", { name: "View Calls over time as table" }).click();
  expect(await sum(chart), "the table twin adds up to the tile").toBe(7);
  await chart.getByRole("button", { name: "Calls", exact: true }).click();
  await expect(chart.getByRole("columnheader", { name: "Calls" })).toHaveAttribute("aria-sort", "descending");
  await expect(page.getByRole("region", { name: "Clients" }).getByText("e2e-client")).toBeVisible();

  await chart.getByRole("button", { name: "View Calls over time as chart" }).click();
  await chart.getByRole("button", { name: "vault__echo 5" }).click();
  await page.waitForURL(/tool=echo/);
  await page.reload();
  await expect(tile(page, "Calls")).toHaveText("5");
  await expect(page.getByRole("link", { name: "5", exact: true }).first()).toHaveAttribute(
    "href",
    /\/calls\?.*tool=echo/,
  );

  const plot = chart.getByRole("application");
  const box = await plot.boundingBox();
  if (!box) throw new Error("the chart is not drawn");
  await page.mouse.move(box.x + box.width * 0.5, box.y + 100);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.7, box.y + 110, { steps: 4 });
  await page.mouse.up();
  await page.waitForURL(/from=.*&to=|to=.*&from=/);
  expect(page.url()).not.toContain("range=");
  await expect(tile(page, "Calls")).toHaveText("0");

  await page.goto(`${analytics}?range=yesterday`);
  await expect(page.getByText("These filters cannot be used")).toBeVisible();
  await page.getByRole("link", { name: "Clear filters" }).click();
  await expect(tile(page, "Calls")).toHaveText("7");

  const answer = await workspace.api.send("POST", `/workspaces/${workspace.slug}/invitations`, {
    emails: [`erin@${workspace.slug}.example`],
    role: "member",
  });
  const link = /http:\/\/[^"]+\/invite\/mwi_\w+/.exec(JSON.stringify(answer.body))?.[0];
  if (!link) throw new Error(`no invitation: ${answer.status} ${JSON.stringify(answer.body)}`);
  const theirs = await browser.newPage();
  await theirs.goto(link);
  await theirs.getByLabel("Your name").fill("Erin Stone");
  await theirs.getByLabel("Password").fill("a few unrelated words");
  await theirs.getByRole("button", { name: "Create account and join" }).click();
  const token = await theirs.getByLabel("token", { exact: true }).inputValue();
  const own = await connect(workspace.mcp, token, "http");
  await own.callTool({ name: "vault__echo", arguments: { message: "mine" } });
  await own.close();
  await theirs.goto(`${analytics}?range=24h`);
  await expect(theirs.getByRole("heading", { name: "Your use" })).toBeVisible();
  await expect(tile(theirs, "Calls"), "a member sees their own calls only").toHaveText("1");
  await expect(theirs.getByRole("region", { name: "Top members" })).toHaveCount(0);
  await theirs.close();
  expect(errors).toEqual([]);
});

/** The figure of a tile. */
const tile = (page: Page, label: string): Locator =>
  page.getByRole("list", { name: "Figures" }).getByRole("listitem").filter({ hasText: label }).locator("p").nth(1);

/** Sum of a table's last column. */
async function sum(chart: Locator): Promise<number> {
  const cells = await chart.locator("tbody tr td:last-child").allTextContents();
  return cells.reduce((total, text) => total + Number(text.replaceAll(",", "")), 0);
}
