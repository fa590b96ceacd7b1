import type { InvitedView } from "@/lib/services/invitation/view";
import { linkIn, startSmtp } from "@/lib/testing/smtp";
import { expect, proves, test } from "./fixtures";
import type { Api } from "./support/api";
import { Api as ApiClient } from "./support/api";
import { signIn, watchErrors } from "./support/browser";
import { connect } from "./support/mcp";
import { eventually } from "./support/process";
import { startProduct } from "./support/product";
import { shots } from "./support/visual";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

async function invite(api: Api, slug: string, input: object): Promise<InvitedView> {
  const answer = await api.send("POST", `/workspaces/${slug}/invitations`, {
    role: "member",
    expiresInDays: 7,
    ...input,
  });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  const [invited] = (answer.body as { invited: InvitedView[] }).invited;
  if (!invited) throw new Error("nobody was invited");
  return invited;
}

test(proves("invitation:link"), async ({ page, browser, product, api, workspace }) => {
  test.setTimeout(120_000);
  const errors = watchErrors(page);
  const email = `ana-${workspace.slug}@example.test`;
  const { url, mailed } = await invite(api, workspace.slug, { emails: [email] });
  expect(mailed).toBe(false);
  const answer = await page.goto(url ?? "");
  expect(answer?.headers()["referrer-policy"]).toBe("no-referrer");
  await expect(page.getByRole("heading", { name: `Join Team ${workspace.slug}` })).toBeVisible();
  await expect(page.getByLabel("E-mail")).toHaveValue(email);
  await shots(page, "40-invite");
  await page.getByLabel("Your name").fill("Ana Silva");
  await page.getByLabel("Password").fill("a long enough password");
  await page.getByRole("button", { name: "Create account and join" }).click();

  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("heading", { name: "Token for Ana Silva" })).toBeVisible();
  await shots(page, "41-first-token");
  await dialog.getByRole("button", { name: "Close" }).last().click();
  await expect(dialog.getByText("You have not copied the token yet")).toBeVisible();
  await dialog
    .getByRole("button", { name: /copy token/i })
    .first()
    .click();
  const token = await page.evaluate(() => navigator.clipboard.readText());
  expect(page.url()).not.toContain("mwt_");
  await dialog.getByRole("button", { name: "Done" }).click();
  await shots(page, "42-joined");
  await page.getByRole("link", { name: "Connect a client" }).click();
  await page.waitForURL(`${product.origin}/w/${workspace.slug}/connect`);
  expect(await page.content()).not.toContain(token);
  const client = await connect(workspace.sse, token, "http");
  expect((await client.listTools()).tools).toEqual([]);
  await client.close();
  expect(errors).toEqual([]);

  await page.goto(url ?? "");
  await expect(page.getByText("This invitation was used already")).toBeVisible();
  await shots(page, "43-used");

  const theirs = await invite(api, workspace.slug, { emails: [`bo-${workspace.slug}@example.test`] });
  await page.goto(theirs.url ?? "");
  await expect(page.getByText(`You are signed in as ${email}`)).toBeVisible();
  await shots(page, "44-wrong-account");
  await page.getByRole("button", { name: "Switch account" }).click();
  await expect(page.getByRole("button", { name: "Create account and join" })).toBeVisible();
  await api.send("DELETE", `/workspaces/${workspace.slug}/invitations/${theirs.id}`);
  await page.reload();
  await expect(page.getByText("This invitation was taken back")).toBeVisible();
  await page.goto(`${product.origin}/invite/mwi_made-up`);
  await expect(page.getByText("This link does not work")).toBeVisible();
  expect(product.output()).not.toContain((url ?? "").slice(-20));

  const owner = await browser.newPage();
  await signIn(owner, product);
  await owner.goto(`${product.origin}/w/${workspace.slug}/tokens`);
  await expect(owner.getByText("First token").first()).toBeVisible();
  await owner.close();
});

test(proves("invitation:mail"), async ({ page, browser }) => {
  test.setTimeout(120_000);
  const smtp = await startSmtp();
  const product = await startProduct({
    lane: "direct",
    env: { AEROSTACK_SMTP_URL: smtp.url, AEROSTACK_MAIL_FROM: "Aerostack <aerostack@example.test>" },
  });
  try {
    const api = new ApiClient(product.origin, product.apiKey);
    for (const slug of ["first", "second"]) await api.createWorkspace({ name: `The ${slug}`, slug });
    const email = "ana@example.test";
    const linkOf = async (nth: number) =>
      linkIn(
        await eventually("the mail arrives", () => smtp.mails.filter(({ to }) => to[0] === email)[nth] ?? null),
        `${product.origin}/invite/`,
      );
    expect((await invite(api, "first", { emails: [email] })).mailed).toBe(true);
    await page.goto(await linkOf(0));
    await page.getByLabel("Your name").fill("Ana Silva");
    await page.getByLabel("Password").fill("a long enough password");
    await page.getByRole("button", { name: "Create account and join" }).click();
    await expect(page.getByRole("heading", { name: "Token for Ana Silva" })).toBeVisible();

    await invite(api, "second", { emails: [email], role: "auditor" });
    const link = await linkOf(1);
    const elsewhere = await browser.newPage();
    await elsewhere.goto(link);
    await elsewhere.getByRole("link", { name: "Sign in" }).click();
    await elsewhere.getByLabel("E-mail").fill(email);
    await elsewhere.getByLabel("Password").fill("a long enough password");
    await elsewhere.getByRole("button", { name: "Sign in" }).click();
    await elsewhere.waitForURL(link);
    await shots(elsewhere, "45-accept");
    await elsewhere.getByRole("button", { name: "Accept the invitation" }).click();
    await elsewhere.getByRole("link", { name: "Open the workspace" }).click();
    await elsewhere.waitForURL(`${product.origin}/w/second`);
    await elsewhere.close();
  } finally {
    await product.stop();
    await smtp.close();
  }
});
