import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, proves, test } from "./fixtures";
import { runClaude } from "./support/clients";

test(
  proves("client:claude-code", "Claude Code connects by http at the URL that is for HTTP+SSE as well"),
  async ({ workspace, everything }) => {
    await workspace.add("everything", everything.http.url);
    const home = mkdtempSync(join(tmpdir(), "aerostack-claude-"));
    const header = `Authorization: Bearer ${workspace.token}`;
    const added = await runClaude(home, [
      "mcp",
      "add",
      "--transport",
      "http",
      workspace.slug,
      workspace.sse,
      "--header",
      header,
    ]);
    expect(added.code, added.output).toBe(0);

    const listed = await runClaude(home, ["mcp", "list"]);
    expect(listed.output).toMatch(new RegExp(`${workspace.slug}: .*Connected`));
  },
);

test(proves("client:claude-code", "Claude Code says so when the token is wrong"), async ({ workspace }) => {
  const home = mkdtempSync(join(tmpdir(), "aerostack-claude-"));
  await runClaude(home, [
    "mcp",
    "add",
    "--transport",
    "http",
    "wrong",
    workspace.mcp,
    "--header",
    "Authorization: Bearer mwt_nope",
  ]);
  const listed = await runClaude(home, ["mcp", "list"]);
  expect(listed.output).toContain("wrong: ");
  expect(listed.output).not.toMatch(/wrong: .*✔? ?Connected/);
});
