"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { toast } from "@/components/ui/toast";
import { plural } from "@/lib/format";
import type { ToolsChanged, WorkspaceTool } from "@/lib/services/tool/view";
import { workspaceApi } from "../workspace-api";

interface Switching {
  tools: readonly WorkspaceTool[];
  enabled: boolean;
}

/** The toolset, and switching some of it: shown at once, put back with the reason where the server refuses. */
export function useTools(slug: string, initialData: WorkspaceTool[]) {
  const client = useQueryClient();
  const queryKey = ["tools", slug];
  const { data } = useQuery({
    queryKey,
    queryFn: async ({ signal }) => (await workspaceApi<{ tools: WorkspaceTool[] }>(slug, "/tools", { signal })).tools,
    initialData,
    staleTime: 10_000,
  });
  const { mutate, isPending } = useMutation({
    mutationFn: ({ tools, enabled }: Switching) =>
      workspaceApi<ToolsChanged>(slug, "/tools/enabled", {
        method: "PUT",
        body: { enabled, tools: tools.map(({ server, name }) => ({ server: server.slug, tool: name })) },
      }),
    async onMutate({ tools, enabled }) {
      await client.cancelQueries({ queryKey });
      const before = client.getQueryData<WorkspaceTool[]>(queryKey);
      const names = new Set(tools.map(({ qualifiedName }) => qualifiedName));
      client.setQueryData<WorkspaceTool[]>(queryKey, (now = []) =>
        now.map((tool) => (names.has(tool.qualifiedName) ? { ...tool, enabled } : tool)),
      );
      return { before };
    },
    onError(error, { tools, enabled }, context) {
      client.setQueryData(queryKey, context?.before);
      const [one] = tools;
      const what = tools.length === 1 && one ? one.qualifiedName : plural(tools.length, "tool");
      toast.error(`${what} ${tools.length === 1 ? "stays" : "stay"} ${enabled ? "off" : "on"}`, {
        description: error.message,
      });
    },
    onSuccess({ changed }, { tools, enabled }) {
      if (tools.length > 1) toast.success(`${plural(changed, "tool")} switched ${enabled ? "on" : "off"}`);
    },
    onSettled: () => client.invalidateQueries({ queryKey }),
  });
  const reload = () => client.invalidateQueries({ queryKey });
  return { tools: data, switchTools: mutate, switching: isPending, reload };
}
