import type { CallsOverTimeView, KpiView, TopToolsView } from "@/lib/services/analytics/view";
import { expect, proves, test } from "./fixtures";
import { callTool } from "./support/mcp";
import { eventually } from "./support/process";

test(proves("analytics:agree"), async ({ workspace, upstream, api }) => {
  await workspace.addSecret("vault", upstream);
  for (let i = 0; i < 5; i++) await callTool(workspace.sse, workspace.token, "vault__echo", { text: "x" });
  for (let i = 0; i < 2; i++) await callTool(workspace.sse, workspace.token, "vault__nope");
  const rows = await eventually("7 finished calls", async () => {
    const found = await api.allCalls(workspace.slug);
    return found.length === 7 && found.every(({ outcome }) => outcome !== "pending") ? found : null;
  });
  const ask = async <T>(chart: string): Promise<T> =>
    (await api.send("GET", `/workspaces/${workspace.slug}/analytics/${chart}`)).body as T;
  for (const filter of ["range=24h", "range=365d", "range=24h&outcome=denied", "range=30d&server=vault&tool=echo"]) {
    const asked = new URLSearchParams(filter);
    const fits = rows.filter((row) =>
      (["outcome", "server", "tool"] as const).every((name) => !asked.has(name) || row[name] === asked.get(name)),
    );
    expect((await ask<KpiView>(`kpis?${filter}`)).calls.now, filter).toBe(fits.length);
    const stacks = await ask<CallsOverTimeView>(`calls-over-time?${filter}&by=tool`);
    expect(stacks.series.reduce((sum, { total }) => sum + total, 0)).toBe(fits.length);
    const tools = await ask<TopToolsView>(`top-tools?${filter}`);
    expect(tools.tools.reduce((sum, { calls }) => sum + calls, 0)).toBe(fits.length);
  }
  for (const [filter, field] of [
    ["kpis?from=2031-01-01", "from"],
    ["kpis?from=1999-01-01", "from"],
    ["kpis?range=7d&to=2026-01-01", "range"],
    ["heat-map?zone=Mars/Olympus", "zone"],
    ["calls-over-time?by=colour", "by"],
  ]) {
    const refused = await api.send("GET", `/workspaces/${workspace.slug}/analytics/${filter}`);
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({ error: { code: "invalid", field } });
  }
});
