import { CallFilterBar } from "@/components/filters/call-filter-bar";
import { clients } from "@/lib/services/analytics/clients";
import type { WorkspaceCtx } from "@/lib/services/context";
import { listMembers } from "@/lib/services/member/list";
import { listServers } from "@/lib/services/server/list";
import { listTools } from "@/lib/services/tool/list";

/** The filter bar with what there is to choose. `own`: without people, for who sees their own calls only. */
export async function CallChoices({ ctx, own, noRange }: { ctx: WorkspaceCtx; own: boolean; noRange?: string }) {
  const [servers, tools, members, seen] = await Promise.all([
    listServers(ctx),
    listTools(ctx),
    own ? [] : listMembers(ctx),
    clients(ctx, { range: "30d" }).catch(() => null), // choices only: names can be typed without them
  ]);
  return (
    <CallFilterBar
      servers={servers.map(({ slug, name }) => ({ slug, name }))}
      tools={tools.flatMap(({ slug, tools: some }) => some.map(({ name }) => ({ server: slug, name })))}
      members={members.map(({ id, name }) => ({ id, name }))}
      clients={[...new Set(seen?.clients.map(({ name }) => name).filter(Boolean))]}
      noRange={noRange}
    />
  );
}
