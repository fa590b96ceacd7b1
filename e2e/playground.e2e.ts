import { expect, proves, test } from "./fixtures";
import { shot, signIn, watchErrors } from "./support/browser";

test(proves("tools:run"), async ({ page, product, workspace, everything }) => {
  const errors = watchErrors(page);
  await workspace.add("every", everything.http.url);
  await signIn(page, product);
  const open = (tool: string) => page.goto(`${product.origin}/w/${workspace.slug}/tools?tool=every__${tool}`);
  const drawer = page.getByRole("dialog", { name: "Run it here" });
  const run = () => drawer.getByRole("button", { name: "Run", exact: true }).click();

  await open("get-sum");
  await run();
  await expect(drawer.getByText("This is required.")).toHaveCount(2);
  await drawer.getByLabel("a", { exact: true }).fill("nineteen");
  await drawer.getByLabel("b", { exact: true }).fill("23");
  await run();
  await expect(drawer.getByText("A number is needed.")).toBeVisible();
  await drawer.getByLabel("a", { exact: true }).fill("19");
  await drawer.getByLabel("a", { exact: true }).press("Enter");
  await expect(drawer.getByText("The sum of 19 and 23 is 42.")).toBeVisible();
  await drawer.getByRole("button", { name: "As JSON" }).click();
  await expect(drawer.getByLabel("Arguments", { exact: true })).toHaveValue(/"a": 19,\s+"b": 23/);
  await expect(drawer.getByRole("link", { name: "Its row in the log" })).toHaveAttribute("href", /call_/);
  await shot(page, "30-run-sum");

  await open("get-tiny-image");
  await run();
  await expect(drawer.getByRole("img", { name: "Answered by the tool" })).toBeVisible();

  await open("trigger-long-running-operation");
  await drawer.getByLabel("duration", { exact: true }).fill("2");
  await drawer.getByLabel("steps", { exact: true }).fill("4");
  await run();
  await expect(drawer.getByText(/[12] of 4/)).toBeVisible();
  await expect(drawer.getByText(/completed/i)).toBeVisible();
  await drawer.getByLabel("duration", { exact: true }).fill("30");
  await run();
  await drawer.getByRole("button", { name: "Cancel" }).click();
  await expect(drawer.getByText("You cancelled it.")).toBeVisible();
  await expect(drawer.getByRole("heading", { name: "Runs on this page" })).toBeVisible();

  await open("get-resource-reference");
  await drawer.getByLabel("resourceId", { exact: true }).fill("-1");
  await drawer.getByRole("button", { name: "As JSON" }).click();
  await run();
  await expect(drawer.getByText("The tool reports an error").or(drawer.getByText("Failed")).first()).toBeVisible();
  expect(errors).toEqual([]);

  const calls = await workspace.api.allCalls(workspace.slug);
  expect(calls.length).toBeGreaterThan(3);
  expect(calls.every(({ clientName }) => clientName === "Run it here")).toBe(true);
});
