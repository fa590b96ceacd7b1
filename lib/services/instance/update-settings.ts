import { settings } from "@/db/schema/settings";
import { AppError } from "@/lib/errors";
import { audit } from "@/lib/services/audit/record";
import { type Ctx, requireInstanceOwner } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { touchAllWorkspaces } from "@/lib/services/workspace/touch";
import { isAllowEntry } from "./allow-entry";
import { ALLOW_PRIVATE_KEY, readAllowPrivate } from "./allow-private";
import { getInstanceSettings } from "./get-settings";
import { UpdateInstanceInput } from "./schemas";
import type { InstanceView } from "./view";

/**
 * Replaces the list of private hosts and ranges that servers may be on. Every workspace's version rises, so that
 * gateways notice at once.
 * @throws AppError `forbidden`, `invalid` (naming the entry)
 */
export async function updateInstanceSettings(ctx: Ctx, input: UpdateInstanceInput): Promise<InstanceView> {
  requireInstanceOwner(ctx);
  const { allowPrivateUpstreams } = parse(UpdateInstanceInput, input);
  const entries = [
    ...new Set(allowPrivateUpstreams.map((entry) => entry.trim().toLowerCase()).filter((entry) => entry !== "")),
  ];
  const bad = entries.find((entry) => !isAllowEntry(entry));
  if (bad !== undefined)
    throw new AppError("invalid", `"${bad}" is no host name, IP address or CIDR (each may end in :port).`, {
      field: "allowPrivateUpstreams",
    });
  await ctx.db.transaction(async (tx) => {
    const before = await readAllowPrivate(tx);
    const row = { key: ALLOW_PRIVATE_KEY, value: entries, updatedAt: ctx.now() };
    await tx.insert(settings).values(row).onConflictDoUpdate({ target: settings.key, set: row });
    await touchAllWorkspaces(tx);
    const target = { type: "instance", id: "instance", name: "Installation", workspaceId: null };
    const change = { before: { allowPrivateUpstreams: before }, after: { allowPrivateUpstreams: entries } };
    await audit(tx, ctx, "instance.update", target, change);
  });
  return getInstanceSettings(ctx);
}
