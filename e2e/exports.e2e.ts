import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { expect, proves, test } from "./fixtures";
import type { ApiAnswer } from "./support/api";
import { signIn } from "./support/browser";
import { rpc } from "./support/mcp";
import { ROOT } from "./support/product";
import type { Workspace } from "./support/workspace";

/** Names that a client may call a tool by, and how they must stand in the file. */
interface BadCell {
  id: string;
  what: string;
  text: string;
  expect: "first" | "lines" | "quoted" | "same";
}
const BAD_CELLS: BadCell[] = readFileSync(join(ROOT, "e2e/data/bad-cells.jsonl"), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));

const SOFFICE = process.env.AEROSTACK_SOFFICE ?? "/usr/bin/soffice";

/** Calls a tool of each hostile name; none exists, so each is refused and recorded. */
async function callHostile({ mcp, token }: Workspace): Promise<void> {
  for (const { text } of BAD_CELLS) await rpc(mcp, token, "tools/call", { name: text, arguments: {} });
}

const rowsOf = ({ body }: ApiAnswer) =>
  parse(String(body), { columns: true, bom: true, record_delimiter: "\r\n" }) as Record<string, string>[];

test(proves("export:file"), async ({ api, workspace }) => {
  await callHostile(workspace);
  const path = `/workspaces/${workspace.slug}`;
  const csv = await api.send("GET", `${path}/calls.csv?outcome=denied&range=1h`);
  expect(csv.status).toBe(200);
  expect(csv.headers.get("content-disposition")).toMatch(/^attachment; filename="[A-Za-z0-9._-]+"$/);
  expect(csv.headers.get("x-content-type-options")).toBe("nosniff");
  expect(csv.headers.get("cache-control")).toBe("no-store");
  const cells = rowsOf(csv).map((row) => row.tool ?? "");
  expect(cells).toHaveLength(BAD_CELLS.length);
  for (const { id, text, expect: kind } of BAD_CELLS) {
    const whole = text.replaceAll(/\r\n|\r/g, "\n");
    const wanted =
      kind === "first"
        ? (cell: string) => cell.startsWith("'") && cell.replaceAll("'", "") === whole.replaceAll("'", "")
        : kind === "lines"
          ? (cell: string) => cell === whole.replaceAll("\n=", "\n'=")
          : (cell: string) => cell === whole;
    expect(cells.filter(wanted), id).toHaveLength(1);
  }
  const lines = String((await api.send("GET", `${path}/calls.jsonl`)).body)
    .trim()
    .split("\n");
  const raw = new Set(lines.map((line) => JSON.parse(line).tool));
  for (const { id, text } of BAD_CELLS) expect(raw.has(text), id).toBe(true);
  const audit = rowsOf(await api.send("GET", `${path}/audit.csv?action=export&excel=true`));
  expect(audit.map((row) => row.action)).toEqual(["export.create", "export.create"]);
  expect(audit[0]?.hash).toMatch(/^[0-9a-f]{64}$/);
});

test(proves("export:office"), async ({ api, workspace }) => {
  test.skip(!existsSync(SOFFICE), "there is no LibreOffice on this machine");
  await callHostile(workspace);
  const csv = await api.send("GET", `/workspaces/${workspace.slug}/calls.csv`);
  const folder = mkdtempSync(join(tmpdir(), "aerostack-office-"));
  try {
    writeFileSync(join(folder, "calls.csv"), String(csv.body));
    // Comma, double quote, UTF-8, from the first line on: what a person confirms in the dialog.
    const options = ["--headless", "--infilter=CSV:44,34,76,1", "--convert-to", "fods", "--outdir", folder];
    const profile = `-env:UserInstallation=file://${join(folder, "profile")}`;
    const made = spawnSync(SOFFICE, [profile, ...options, join(folder, "calls.csv")], { timeout: 50_000 });
    expect(made.status, made.stderr.toString()).toBe(0);
    const sheet = readFileSync(join(folder, "calls.fods"), "utf8");
    expect(sheet).not.toContain("table:formula");
    const rows = [...sheet.matchAll(/<table:table-row[^>]*>(.*?)<\/table:table-row>/gs)].map(([, row]) =>
      cellsOf(row ?? ""),
    );
    const [header, ...body] = rows;
    expect(header).toHaveLength(29);
    expect(body).toHaveLength(BAD_CELLS.length);
    const at = header?.indexOf("tool") ?? -1;
    const seen = body.map((cells) => (cells[at] ?? "").replaceAll(/['\s]/g, ""));
    for (const { id, text } of BAD_CELLS)
      expect(seen, `${id} is text, not a result`).toContain(text.replaceAll(/['\s]/g, ""));
    for (const cells of body)
      expect(cells.slice(-1)[0] ?? "", "nothing slipped into another column").not.toContain("=");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Texts of a row of a flat spreadsheet; what repeats stands there once with its number. Empty cells at the end are none. */
function cellsOf(row: string): string[] {
  const cells = [...row.matchAll(/<table:table-cell([^>]*?)(?:\/>|>(.*?)<\/table:table-cell>)/gs)].flatMap(
    ([, head, inside]) => {
      const times = Number(/number-columns-repeated="(\d+)"/.exec(head ?? "")?.[1] ?? 1);
      const text = [...(inside ?? "").matchAll(/<text:p>(.*?)<\/text:p>/gs)]
        .map(([, line]) => plain(line ?? ""))
        .join("\n");
      return Array<string>(Math.min(times, 40)).fill(text);
    },
  );
  return cells.slice(0, 29);
}

const plain = (xml: string): string =>
  xml
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&apos;", "'")
    .replaceAll("&amp;", "&");

test(proves("export:background"), async ({ page, api, product, workspace }) => {
  await callHostile(workspace);
  await signIn(page, product);
  await page.goto(`${product.origin}/w/${workspace.slug}/exports`);
  await expect(page.getByText("Nothing exported yet")).toBeVisible();
  await page.getByRole("button", { name: "New export" }).click();
  const form = page.getByRole("dialog", { name: "New export" });
  await expect(form.getByText(`${BAD_CELLS.length} rows, ready at once`)).toBeVisible();
  await form.getByRole("radio", { name: /^JSONL/ }).check();
  await form.getByRole("button", { name: "Make in the background" }).click();
  const row = page.getByRole("row", { name: /Calls, JSONL/ });
  await expect(row.getByText("Ready")).toBeVisible({ timeout: 15_000 });
  const downloading = page.waitForEvent("download");
  await row.getByRole("link", { name: "Download" }).click();
  const file = await downloading;
  expect(file.suggestedFilename()).toMatch(/^calls_[a-z0-9-]+_[0-9T-]+_[0-9T-]+Z\.jsonl$/);
  const bytes = readFileSync(await file.path());
  const { exports } = (await api.send("GET", `/workspaces/${workspace.slug}/exports`)).body as {
    exports: { id: string; sha256: string; rows: number }[];
  };
  expect(exports).toMatchObject([{ sha256: createHash("sha256").update(bytes).digest("hex"), rows: BAD_CELLS.length }]);
  const id = exports[0]?.id ?? "";
  const manifest = await api.send("GET", `/workspaces/${workspace.slug}/exports/${id}/manifest`);
  expect(manifest.body).toMatchObject({ schema: 1, rows: BAD_CELLS.length, file: file.suggestedFilename() });
  const strange = (method: string, at: string) => api.send(method, `/workspaces/${workspace.slug}/exports/${at}`);
  for (const other of ["exp_000000000000000000000000", "__proto__", "%00", "1"])
    for (const [method, at] of [
      ["GET", other],
      ["GET", `${other}/file`],
      ["DELETE", other],
      ["POST", `${other}/cancel`],
    ] as const)
      expect([400, 404], `${method} ${at}`).toContain((await strange(method, at)).status);
  await row.getByRole("button", { name: /^Actions/ }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete export" }).click();
  await expect(page.getByText("Nothing exported yet")).toBeVisible();
});
