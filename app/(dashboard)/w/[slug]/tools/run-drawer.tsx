"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { RunPanel } from "@/components/tools/run/run-panel";
import type { RunHost } from "@/components/tools/run/use-run";
import { Combobox } from "@/components/ui/combobox";
import { Dialog } from "@/components/ui/dialog";
import { ErrorCard } from "@/components/ui/error-card";
import { Skeleton } from "@/components/ui/skeleton";
import { paths } from "@/lib/paths";
import type { NewTokenView } from "@/lib/services/token/view";
import type { ToolDetail, WorkspaceTool } from "@/lib/services/tool/view";
import { fetchConnection } from "../connect/use-connection";
import { workspaceApi } from "../workspace-api";

interface DrawerProps {
  slug: string;
  /** Those that can be chosen. */
  tools: readonly WorkspaceTool[];
  /** As clients name it; null: closed. */
  name: string | null;
  onName(name: string | null): void;
  /** Why nothing can be run; null where it can. */
  refusal: string | null;
}

/** Runs one tool in a drawer over the page at hand. */
export function RunDrawer({ slug, tools, name, onName, refusal }: DrawerProps) {
  const tool = tools.find(({ qualifiedName }) => qualifiedName === name);
  // An address may name the tool: the drawer opens once the page is the browser's, which is what it hides and gives focus to.
  const [ready, setReady] = useState(false);
  useEffect(() => setReady(true), []);
  return (
    <Dialog
      kind="drawer"
      open={ready && name !== null}
      onOpenChange={(open) => !open && onName(null)}
      title="Run it here"
      description="From this browser through the gateway, the way a client does it."
      className="max-w-5xl"
    >
      <div className="grid grid-cols-1 gap-5">
        {tools.length > 1 && (
          <Combobox
            label="Tool"
            value={name}
            options={tools.map((each) => ({
              value: each.qualifiedName,
              label: each.qualifiedName,
              hint: each.title ?? "",
            }))}
            onChange={(next) => next && onName(next)}
            className="w-full max-w-md font-mono text-[0.8125rem]"
          />
        )}
        {tool ? (
          <Loaded key={tool.qualifiedName} slug={slug} tool={tool} refusal={refusal ?? offNotice(tool)} />
        ) : (
          name !== null && <p className="text-soft text-sm">There is no such tool, or you may not use it.</p>
        )}
      </div>
    </Dialog>
  );
}

const offNotice = ({ enabled, server }: WorkspaceTool): string | null =>
  !server.enabled
    ? `The server ${server.name} is off. Switch it on to run its tools.`
    : enabled
      ? null
      : "This tool is off. Switch it on to run it.";

function Loaded({ slug, tool, refusal }: { slug: string; tool: WorkspaceTool; refusal: string | null }) {
  const path = `/servers/${tool.server.slug}/tools/${encodeURIComponent(tool.name)}`;
  const { data, error, refetch, isFetching } = useQuery({
    queryKey: ["tool", slug, tool.qualifiedName],
    queryFn: ({ signal }) => workspaceApi<ToolDetail>(slug, path, { signal }),
    staleTime: 30_000,
  });
  const client = useQueryClient();
  const host: RunHost = {
    slug,
    mint: () => workspaceApi<NewTokenView>(slug, "/run-token", { method: "POST", body: {} }),
    revoke: (id) =>
      void workspaceApi(slug, `/tokens/${id}`, { method: "DELETE", keepalive: true }).catch(() => undefined),
    async progress(tokenId, since) {
      const found = await fetchConnection(slug, tokenId, since);
      if (found.call) void client.invalidateQueries({ queryKey: ["connection", slug] });
      return found;
    },
  };
  if (error)
    return (
      <ErrorCard title="The tool could not be loaded" onRetry={() => void refetch()} pending={isFetching}>
        {error.message}
      </ErrorCard>
    );
  if (!data) return <Skeleton className="h-64" />;
  return <RunPanel tool={data} host={host} refusal={refusal} callHref={(call) => paths.call(slug, call)} />;
}
