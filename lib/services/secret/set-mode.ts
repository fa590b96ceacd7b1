import { and, eq } from "drizzle-orm";
import { servers } from "@/db/schema/servers";
import { AppError } from "@/lib/errors";
import { audit } from "@/lib/services/audit/record";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { findServer } from "@/lib/services/server/find";
import { secretMode } from "@/lib/services/server/needed-secrets";
import { readNeedsOf } from "@/lib/services/server/secret-needs";
import { touchWorkspace } from "@/lib/services/workspace/touch";
import { SetSecretModeInput } from "./schemas";
import { readSecrets } from "./store";
import type { SecretModeView } from "./view";

/**
 * Changes whose value fills a secret. No value is deleted: a shared one waits while members use their own, and theirs
 * wait while the shared one is used. @throws AppError `forbidden`, `not_found`, `invalid`
 */
export async function setSecretMode(ctx: WorkspaceCtx, input: SetSecretModeInput): Promise<SecretModeView> {
  requirePermission(ctx, "secret.manage");
  const { server: ref, name, mode } = parse(SetSecretModeInput, input);
  return ctx.db.transaction(async (tx) => {
    await touchWorkspace(tx, ctx.workspace.id);
    const server = await findServer(tx, ctx, ref, true);
    if (server.kind === "hosted" && mode !== "shared")
      throw new AppError("invalid", "A function's secrets are the workspace's, the same for every member.", {
        field: "mode",
      });
    const stored = (await readSecrets(tx, ctx, server.id)).find((row) => row.name === name);
    if (!stored && !(await readNeedsOf(tx, ctx, server)).some((need) => need.name === name))
      throw new AppError("not_found", "This server has no such secret.");
    const before = secretMode(server, name);
    if (before === mode) return { server: server.slug, name, mode };
    const { [name]: _, ...others } = server.secretModes;
    const secretModes = mode === "shared" ? others : { ...others, [name]: mode };
    await tx
      .update(servers)
      .set({ secretModes, updatedAt: ctx.now() })
      .where(and(eq(servers.workspaceId, ctx.workspace.id), eq(servers.id, server.id)));
    const target = { type: "secret", id: stored?.id ?? server.id, name: `${server.slug}/${name}` };
    await audit(tx, ctx, "secret.mode_change", target, { before: { mode: before }, after: { mode } });
    return { server: server.slug, name, mode };
  });
}
