import { ToolListChangedNotificationSchema } from "@modelcontextprotocol/sdk/types.js";
import { expect, proves, test } from "./fixtures";
import { shot, signIn, watchErrors } from "./support/browser";
import { type ManyTools, startManyTools } from "./support/many-tools";
import { connect, textOf } from "./support/mcp";

let many: ManyTools;
test.beforeAll(async () => {
  many = await startManyTools();
});
test.afterAll(() => many.close());

test(proves("tools:rename"), async ({ page, product, workspace }) => {
  test.slow(); // many steps in a browser
  const errors = watchErrors(page);
  await workspace.add("board", many.url);
  const client = await connect(workspace.sse, workspace.token, "sse");
  let changes = 0;
  client.setNotificationHandler(ToolListChangedNotificationSchema, () => {
    changes++;
  });
  try {
    await client.listTools();
    await signIn(page, product);
    await page.goto(`${product.origin}/w/${workspace.slug}/tools?q=issue`);
    const edit = (name: string) => page.getByRole("button", { name: `Name and description of ${name}` }).click();
    const dialog = page.getByRole("dialog", { name: "Name and description" });
    const name = dialog.getByLabel("Name", { exact: true });
    const save = dialog.getByRole("button", { name: "Save" });

    await edit("board__create_issue");
    await name.fill("list_issue");
    await expect(dialog.getByText("Another tool has this name: list_issue.")).toBeVisible();
    await expect(save).toBeDisabled();
    await name.fill("no good name");
    await expect(dialog.getByText(/Letters, digits/)).toBeVisible();
    await name.fill("x".repeat(50));
    await expect(dialog.getByText(/names here have 45 at most/)).toBeVisible();
    await name.fill("report_bug");
    await expect(dialog.getByText("17 of 45 characters")).toBeVisible();
    await expect(dialog.getByText("board__report_bug")).toBeVisible();
    await expect(dialog.getByText(/board__create_issue goes on to answer for 30 days/)).toBeVisible();
    await dialog.getByLabel("Description").fill("Reports a bug to the team.");
    await shot(page, "33-rename");
    await save.click();
    await expect(dialog).toHaveCount(0);
    await expect(page.getByText("renamed from create_issue, described here")).toBeVisible();

    await expect.poll(() => changes).toBeGreaterThan(0);
    const listed = (await client.listTools()).tools;
    expect(listed.find((tool) => tool.name === "board__report_bug")?.description).toBe("Reports a bug to the team.");
    expect(listed.map((tool) => tool.name)).not.toContain("board__create_issue");
    for (const called of ["board__report_bug", "board__create_issue"])
      expect(textOf(await client.callTool({ name: called, arguments: { id: "1" } }))).toBe("create_issue of 1 done");
    const calls = async () =>
      (await workspace.api.allCalls(workspace.slug)).map(({ server, tool, outcome }) => [server, tool, outcome]);
    await expect.poll(calls).toEqual([
      ["board", "create_issue", "ok"],
      ["board", "create_issue", "ok"],
    ]);

    await page.goto(`${product.origin}/w/${workspace.slug}/servers/board`);
    await edit("board__update_issue");
    await name.fill("create_issue");
    await expect(dialog.getByText(/still answers for create_issue/)).toBeVisible();
    await expect(save).toBeDisabled();
    await page.keyboard.press("Escape");
    await page.goto(`${product.origin}/w/${workspace.slug}/audit?action=tool.rename`);
    await expect(page.getByRole("row", { name: /board__create_issue/ }).first()).toBeVisible();
    expect(errors).toEqual([]);
  } finally {
    await client.close();
  }
});

test(proves("context:settings"), async ({ page, product, workspace }) => {
  test.slow();
  const errors = watchErrors(page);
  await workspace.add("board", many.url);
  const client = await connect(workspace.mcp, workspace.token, "http");
  const names = async () => (await client.listTools()).tools.map((tool) => tool.name);
  try {
    await signIn(page, product);
    await page.goto(`${product.origin}/w/${workspace.slug}/tools`);
    await expect(page.getByText(/46 tools take about [\d,]+ tokens of every conversation/)).toBeVisible();
    await shot(page, "34-search-mode");
    await page.getByRole("button", { name: "Use search mode" }).first().click();
    await page.getByRole("dialog").getByRole("button", { name: "Use search mode" }).click();
    await expect(page.getByText("Search mode is on")).toBeVisible();
    await expect.poll(names).toEqual(["find_tools", "describe_tool", "call_tool"]);

    await page.getByRole("link", { name: "Settings" }).last().click();
    await expect(page).toHaveURL(/settings#context/);
    await page.getByRole("switch", { name: "Search instead of the full list" }).click();
    await expect(page.getByText("Clients get the full list again")).toBeVisible();
    const context = page.getByRole("region", { name: "Context" });
    await context.getByLabel("Characters that go out at once").selectOption("10000");
    await context.getByRole("button", { name: "Save" }).first().click();
    await expect(page.getByText("Saved, for results from now on")).toBeVisible();
    await expect.poll(names).toContain("read_result");
    await context.getByLabel("Longest name of a tool, in characters").fill("70");
    await expect(context.getByText("At most 64 characters")).toBeVisible();
    await context.getByLabel("Longest name of a tool, in characters").fill("64");
    await context.getByRole("button", { name: "Save" }).last().click();
    await expect(page.getByText("Names have 64 characters at most")).toBeVisible();
    await shot(page, "35-context");
    expect(errors).toEqual([]);
  } finally {
    await client.close();
  }
});
