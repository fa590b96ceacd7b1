import { Dot } from "@/components/ui/badge";
import { requireWorkspaceCtx } from "@/lib/auth/context";
import { plural } from "@/lib/format";
import { listServers } from "@/lib/services/server/list";

/** Whether a workspace's servers answer; each card asks for itself, so none waits for another. */
export async function CardHealth({ slug }: { slug: string }) {
  const servers = await listServers(await requireWorkspaceCtx(slug));
  const enabled = servers.filter((server) => server.enabled);
  const down = enabled.filter((server) => server.problem !== null).length;
  return (
    <>
      <Dot tone={enabled.length === 0 ? "neutral" : down > 0 ? "bad" : "good"} />
      {enabled.length === 0
        ? "No server yet"
        : down > 0
          ? `${plural(down, "server")} of ${enabled.length} not answering`
          : "All servers answer"}
    </>
  );
}
