import { AppError } from "@/lib/errors";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { findServer } from "@/lib/services/server/find";
import { secretMode } from "@/lib/services/server/needed-secrets";
import { toProbeView } from "@/lib/services/server/probe-upstream";
import { saveSecret } from "./save";
import { SetOwnSecretInput } from "./schemas";
import { toConnectionView } from "./to-view";
import type { ConnectionSaved } from "./view";

/**
 * Sets or replaces the acting member's own value of a secret that the server asks members for. Tested first like a
 * shared one, but never by calling a tool: a member's calls go through the gateway, where rules hold and each is recorded.
 * @throws AppError `forbidden`, `not_found`, `invalid` (never quoting the value), `upstream_failed` (the old one stays)
 */
export async function setOwnSecret(ctx: WorkspaceCtx, input: SetOwnSecretInput): Promise<ConnectionSaved> {
  requirePermission(ctx, "secret.own");
  const { server: ref, ...given } = parse(SetOwnSecretInput, input);
  const found = await findServer(ctx.db, ctx, ref);
  if (secretMode(found, given.name) === "shared")
    throw new AppError(
      "not_found",
      "This server asks members for no such credential. An admin can change that under Secrets.",
    );
  const { row, server, result } = await saveSecret(ctx, { server: found, memberId: ctx.memberId, ...given });
  return { connection: toConnectionView(server, row.name, [row]), probe: toProbeView(server.slug, result) };
}
