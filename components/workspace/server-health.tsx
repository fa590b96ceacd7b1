import Link from "next/link";
import { ServerStatus } from "@/components/servers/server-status";
import { Monogram } from "@/components/ui/monogram";
import { plural } from "@/lib/format";
import { paths } from "@/lib/paths";
import type { ServerView } from "@/lib/services/server/view";

/** Each server with its state, for the overview. */
export function ServerHealth({ slug, servers }: { slug: string; servers: ServerView[] }) {
  return (
    <ul className="border-t">
      {servers.map((server) => (
        <li key={server.id} className="border-b last:border-b-0">
          <Link
            href={paths.server(slug, server.slug)}
            className="flex items-center gap-3 px-5 py-3 -outline-offset-2 hover:bg-muted/60"
          >
            <Monogram name={server.slug} />
            <span className="min-w-0 flex-1 leading-tight">
              <span className="block truncate font-medium text-sm">{server.name}</span>
              <span className="block truncate text-faint text-xs">
                {server.problem ??
                  `${plural(server.tools.enabled, "tool")} on${server.kind === "hosted" ? ", hosted here" : ""}`}
              </span>
            </span>
            <ServerStatus server={server} />
          </Link>
        </li>
      ))}
    </ul>
  );
}
