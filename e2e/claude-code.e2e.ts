import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, proves, test } from "./fixtures";
import { runClaude } from "./support/clients";

for (const [transport, endpoint] of [
  ["http", "mcp"],
  ["http", "sse"],
  ["sse", "sse"],
] as const) {
  test(
    proves("client:claude-code", `Claude Code connects by ${transport} at /ws/<slug>/${endpoint}`),
    async ({ workspace, everything }) => {
      await workspace.add("everything", everything.http.url);
      const home = mkdtempSync(join(tmpdir(), "aerostack-claude-"));
      const header = `Authorization: Bearer ${workspace.token}`;
      const added = await runClaude(home, [
        "mcp",
        "add",
        "--transport",
        transport,
        workspace.slug,
        workspace[endpoint],
        "--header",
        header,
      ]);
      expect(added.code, added.output).toBe(0);

      const listed = await runClaude(home, ["mcp", "list"]);
      expect(listed.output).toMatch(new RegExp(`${workspace.slug}: .*Connected`));
    },
  );
}

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
