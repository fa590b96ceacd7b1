import { expect, proves, test } from "./fixtures";
import { runInspector } from "./support/clients";
import { modernRpc } from "./support/modern";

for (const [transport, endpoint] of [
  ["http", "sse"],
  ["sse", "sse"],
] as const) {
  test(
    proves("client:inspector", `Inspector lists and calls tools by ${transport} at /ws/<slug>/${endpoint}`),
    async ({ workspace, everything, upstream }) => {
      await workspace.add("everything", everything.http.url);
      await workspace.addSecret("vault", upstream);
      const target = [
        "--cli",
        workspace[endpoint],
        "--transport",
        transport,
        "--header",
        `Authorization: Bearer ${workspace.token}`,
      ];

      const list = await runInspector([...target, "--method", "tools/list"]);
      expect(list.code, list.output).toBe(0);
      expect((JSON.parse(list.stdout) as { tools: { name: string }[] }).tools.map((tool) => tool.name)).toEqual(
        expect.arrayContaining(["everything__echo", "vault__echo"]),
      );

      const call = await runInspector([
        ...target,
        "--method",
        "tools/call",
        "--tool-name",
        "vault__whoami",
        "--tool-arg",
        "who=inspector",
      ]);
      expect(call.code, call.output).toBe(0);
      expect(call.stdout).toContain("you are inspector");
    },
  );
}

test(proves("client:inspector", "Inspector is refused with a wrong token"), async ({ workspace }) => {
  const wrong = await runInspector([
    "--cli",
    workspace.mcp,
    "--transport",
    "http",
    "--header",
    "Authorization: Bearer mwt_nope",
    "--method",
    "tools/list",
  ]);
  expect(wrong.code).not.toBe(0);
});

test(proves("client:era-fallback"), async ({ workspace }) => {
  const version = "2099-01-01";
  const answer = await modernRpc(workspace.mcp, workspace.token, "server/discover", {}, { version });
  expect(answer.status).toBe(400);
  expect(answer.message?.error).toMatchObject({ code: -32022, data: { requested: version } });
  expect(answer.message?.error?.data?.supported).toEqual(expect.arrayContaining(["2026-07-28"]));
});
