import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { checkHeaders, checkSecretValues } from "./check-headers";
import { checkServerUrl } from "./check-url";
import { probeUpstream, toProbeView } from "./probe-upstream";
import { ProbeServerInput } from "./schemas";
import type { ProbeView } from "./view";

/** Tries a URL without saving anything; only admins, since it sends requests from here. @throws AppError `forbidden`, `invalid` */
export async function probeServer(ctx: WorkspaceCtx, input: ProbeServerInput): Promise<ProbeView> {
  requirePermission(ctx, "server.manage");
  const { slug = "server", url, headers, secrets } = parse(ProbeServerInput, input);
  checkHeaders(headers);
  const values = checkSecretValues(secrets);
  const { href } = await checkServerUrl(ctx, url);
  return toProbeView(slug, await probeUpstream(ctx, { url: href, headers, values }));
}
