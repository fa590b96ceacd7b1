import AxeBuilder from "@axe-core/playwright";
import type { Browser, Page } from "playwright/test";
import { paths } from "@/lib/paths";
import { expect, proves, test } from "./fixtures";
import { Api } from "./support/api";
import { signIn } from "./support/browser";
import { HOSTILE_NAME, HOSTILE_TEXT, LONG_NAME, startHostileUpstream } from "./support/hostile";
import { postHeaders } from "./support/mcp";
import { PAGES, type Place, pagesInApp, type Visit } from "./support/pages";
import { furnish } from "./support/place";
import { OWNER, type Product, startProduct } from "./support/product";
import { watchPage } from "./support/watch-page";

/** WCAG 2.2 AA and what axe calls good practice (landmarks, order of headings). */
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1280, height: 900 };

test("every page of the product is walked by these tests", () => {
  expect(Object.keys(PAGES).sort()).toEqual(pagesInApp());
});

test(proves("dashboard:every-page"), async ({ browser }) => {
  test.setTimeout(300_000); // some 40 pages, each in three looks
  const product = await startProduct({ lane: "direct", env: { AEROSTACK_DESIGN: "1" } });
  const upstream = await startHostileUpstream();
  try {
    const place = await hostilePlace(new Api(product.origin, product.apiKey), product, browser, upstream.url);
    const problems: string[] = [];
    for (const visitor of [true, false]) {
      const context = await browser.newContext({ viewport: DESKTOP });
      const page = await context.newPage();
      if (!visitor) await signIn(page, product);
      const watch = await watchPage(page, product.origin);
      for (const visit of Object.values(PAGES).flat()) {
        if (Boolean(visit.visitor) !== visitor) continue;
        const faults = await inspect(page, product.origin, visit, place);
        problems.push(...[...faults, ...(await watch.take())].map((fault) => `${visit.path(place)}: ${fault}`));
      }
      await context.close();
    }
    expect(problems, problems.join("\n")).toEqual([]);
  } finally {
    await product.stop();
    await upstream.close();
  }
});

/** Opens one page and says what is wrong with it, in light, dark and on a phone. */
async function inspect(page: Page, origin: string, visit: Visit, place: Place): Promise<string[]> {
  const faults: string[] = [];
  await page.setViewportSize(DESKTOP);
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  const response = await page.goto(origin + visit.path(place));
  if (response?.status() !== (visit.status ?? 200)) faults.push(`status ${response?.status()}`);
  await settled(page);
  faults.push(...(await axe(page, "light")));
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  faults.push(...(await axe(page, "dark", ["color-contrast"])));
  await page.setViewportSize(PHONE);
  const wide = await tooWide(page);
  if (wide) faults.push(`scrolls sideways on a phone: ${wide}`);
  return faults;
}

/** What sticks out of the window and makes it scroll, outermost first; "" where nothing does. */
function tooWide(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return "";
    const clipped = (one: Element | null): boolean =>
      one !== null &&
      one.tagName !== "MAIN" &&
      (getComputedStyle(one).overflowX !== "visible" || clipped(one.parentElement));
    const out = [...document.querySelectorAll("main *")].filter(
      (one) => one.getBoundingClientRect().right > clientWidth && !clipped(one.parentElement),
    );
    const names = out.slice(0, 6).map((one) => `${one.tagName.toLowerCase()}.${one.getAttribute("class") ?? ""}`);
    return `${scrollWidth - clientWidth} px, by ${names.join(" > ")}`;
  });
}

/** The page's own heading is there and no stand-in is left. */
async function settled(page: Page): Promise<void> {
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  await expect(page.getByRole("status", { name: "Loading" })).toHaveCount(0, { timeout: 30_000 });
}

async function axe(page: Page, theme: string, rules?: string[]): Promise<string[]> {
  const builder = new AxeBuilder({ page }).setLegacyMode(true);
  const { violations } = await (rules ? builder.withRules(rules) : builder.withTags(RULES)).analyze();
  return violations.map(
    ({ id, nodes }) =>
      `axe ${id} (${theme}): ${nodes
        .slice(0, 3)
        .map((node) => node.html.slice(0, 160))
        .join(" | ")}`,
  );
}

/** A workspace in which every text that a person or an upstream can set is hostile. */
async function hostilePlace(api: Api, product: Product, browser: Browser, url: string): Promise<Place> {
  const slug = "hostile";
  await api.createWorkspace({ name: HOSTILE_NAME, slug });
  await api.createWorkspace({ name: LONG_NAME, slug: "long" });
  await api.addServer(slug, { slug: "odd", name: HOSTILE_NAME, url });
  await api.addServer(slug, { slug: "a".repeat(16), name: LONG_NAME, url });
  const { token, member } = await api.createToken(slug, HOSTILE_NAME);
  await api.createToken(slug, LONG_NAME);
  for (const name of ["odd__read_all", "odd__fails", `odd__${LONG_NAME}`, "odd__<img src=x onerror=1>"])
    await call(product.origin, slug, token, name);
  await api.send("PATCH", `/workspaces/${slug}`, { name: LONG_NAME });
  await api.send("PATCH", `/workspaces/${slug}`, { name: HOSTILE_NAME });
  return furnish(api, product, browser, { slug, server: "odd", member: member.id });
}

/** One call by a client that lies about itself. */
async function call(origin: string, slug: string, token: string, name: string): Promise<void> {
  const send = (body: unknown, session?: string) =>
    fetch(`${origin}/ws/${slug}/mcp`, {
      method: "POST",
      headers: {
        ...postHeaders(token),
        "user-agent": "<script>window.__ran=1</script>\"'><img src=x onerror=window.__ran=1>",
        ...(session && { "mcp-session-id": session }),
      },
      body: JSON.stringify(body),
    });
  const opened = await send({
    jsonrpc: "2.0",
    id: 1,
    method: "initialize",
    params: {
      protocolVersion: "2025-11-25",
      capabilities: {},
      clientInfo: { name: HOSTILE_TEXT.slice(0, 180), version: HOSTILE_NAME },
    },
  });
  const session = opened.headers.get("mcp-session-id") ?? undefined;
  await opened.text();
  const answer = await send(
    { jsonrpc: "2.0", id: 2, method: "tools/call", params: { name, arguments: { text: HOSTILE_TEXT } } },
    session,
  );
  await answer.text();
}

test(proves("dashboard:keyboard"), async ({ page, product, workspace, everything }) => {
  await workspace.add("everything", everything.http.url);
  await call(product.origin, workspace.slug, workspace.token, "everything__echo");
  const keys = page.keyboard;

  await page.goto(`${product.origin}${paths.signIn}`);
  await page.getByLabel("E-mail").focus();
  await keys.type(OWNER.email);
  await keys.press("Tab");
  await tabTo(page, "Password");
  await keys.type(OWNER.password);
  await keys.press("Enter");
  await page.waitForURL(/\/w(\/|$)/);

  await keys.press("Control+k");
  await expect(page.getByRole("dialog", { name: "Go to or do" })).toBeVisible();
  await keys.type(workspace.slug);
  await keys.press("Enter");
  await page.waitForURL(`**${paths.workspace(workspace.slug)}`);

  await chord(page, "s", "Servers");
  await expect(page.getByText("everything").first()).toBeVisible();

  await keys.press("Control+k");
  await keys.type("create token");
  await keys.press("Enter");
  await expect(page.getByRole("dialog", { name: /token/i })).toBeVisible();
  await keys.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);

  await chord(page, "c", "Calls");
  await expect(page.getByText("everything__echo").or(page.getByText("echo")).first()).toBeVisible();
  await keys.press("j");
  await keys.press("Enter");
  await expect(page.getByRole("dialog")).toBeVisible();
  await keys.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);

  await keys.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await keys.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await chord(page, "e", "Exports");
});

/** `g` and a letter, from wherever focus is. */
async function chord(page: Page, letter: string, title: string): Promise<void> {
  await page.keyboard.press("g");
  await page.keyboard.press(letter);
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
}

/** Tab until the field with that label has the focus. */
async function tabTo(page: Page, label: string): Promise<void> {
  const field = page.getByLabel(label, { exact: true });
  for (let presses = 0; presses < 12; presses++) {
    if (await field.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${label} is not reached by Tab`);
}
