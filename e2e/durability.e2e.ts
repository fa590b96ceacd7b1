import { expect, proves, test } from "./fixtures";
import { callTool, connect, textOf } from "./support/mcp";
import { eventually, isAlive, sleep } from "./support/process";

const ROUNDS = { direct: 5, edge: 3 };

test(proves("audit:crash"), async ({ workspace, upstream, api, product, lane }) => {
  test.setTimeout(240_000);
  await workspace.addSecret("vault", upstream);
  let acknowledged = 0;
  for (let round = 0; round < ROUNDS[lane]; round++) {
    let loading = true;
    const load = Array.from({ length: 12 }, async () => {
      while (loading) {
        const answer = await callTool(workspace.sse, workspace.token, "vault__echo").catch(() => null);
        if (answer === null) return; // cut off by the kill
        if (answer.message?.result) acknowledged++;
      }
    });
    const before = acknowledged;
    await eventually("the load is real", () => (acknowledged > before + 5 ? true : null), 30_000, 5);
    await sleep(Math.random() * 300);
    const database = product.databasePid();
    const restarted = product.restart("SIGKILL");
    await Promise.all(load.map((one) => one.catch(() => undefined)).concat(sleep(200)));
    loading = false;
    await restarted;
    expect(isAlive(database), "nothing outlives its parent").toBe(false);
    const rows = await api.allCalls(workspace.slug, { tool: "echo" });
    expect(rows.length, "no upstream call without a row").toBeGreaterThanOrEqual(upstream.calls("echo").length);
  }
  const rows = await api.allCalls(workspace.slug, { tool: "echo" });
  expect(rows.length, "no acknowledged call is lost").toBeGreaterThanOrEqual(acknowledged);
});

test(proves("durability:restart"), async ({ workspace, upstream, product }) => {
  test.setTimeout(120_000);
  await workspace.addSecret("vault", upstream);
  const client = await connect(workspace.sse, workspace.token, "http");
  for (const signal of ["SIGKILL", "SIGTERM"] as const) {
    await product.restart(signal);
    const answer = await client.callTool({ name: "vault__whoami", arguments: { who: signal } });
    expect(textOf(answer)).toBe(`you are ${signal}`);
  }
  await client.close();
});
