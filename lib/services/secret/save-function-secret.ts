import { AppError } from "@/lib/errors";
import { shownOrigin } from "@/lib/functions/secret-origin";
import { validateSecretValue } from "@/lib/mcp/header-template";
import type { WorkspaceCtx } from "@/lib/services/context";
import { findServer, type ServerRow } from "@/lib/services/server/find";
import { readNeedsOf } from "@/lib/services/server/secret-needs";
import type { ProbeView } from "@/lib/services/server/view";
import { touchWorkspace } from "@/lib/services/workspace/touch";
import { type SecretRow, storeSecret } from "./store";

/**
 * Seals a value for a function, bound to the hosts that its manifest names. Nothing can be tested: only the function
 * knows what to do with it.
 * @throws AppError `invalid` (field `name`) for a name that no deployment declares; never quoting the value
 */
export async function saveFunctionSecret(
  ctx: WorkspaceCtx,
  wish: { server: ServerRow; name: string; value: string; testTool?: string },
): Promise<SecretRow> {
  const { server, name, value, testTool } = wish;
  validateSecretValue(value);
  if (testTool !== undefined)
    throw new AppError("invalid", "A function is tried on its own page, not while its secret is set.", {
      field: "testTool",
    });
  return ctx.db.transaction(async (tx) => {
    await touchWorkspace(tx, ctx.workspace.id);
    const current = await findServer(tx, ctx, server.id, true);
    const need = (await readNeedsOf(tx, ctx, current)).find((each) => each.name === name);
    if (!need)
      throw new AppError(
        "invalid",
        "No deployment of this function declares this secret. Declare it with its hosts, deploy, then set it.",
        { field: "name" },
      );
    return storeSecret(tx, ctx, current, { name, value, memberId: null, origin: need.origin });
  });
}

/** What is said in place of a test's finding. */
export const storedProbe = (row: SecretRow): ProbeView => ({
  ok: true,
  problem: null,
  status: null,
  message: `Calls use it from now on, for ${shownOrigin(row.origin)} only.`,
  transport: null,
  protocolVersion: null,
  serverName: null,
  serverVersion: null,
  tools: [],
});
