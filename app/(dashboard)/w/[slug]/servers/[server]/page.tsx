import type { Metadata } from "next";
import type { WorkspacePage } from "@/app/page-props";
import { HeaderForm } from "@/components/servers/header-form";
import { SecretList } from "@/components/servers/secret-list";
import { ServerSummary } from "@/components/servers/server-summary";
import { ToolList } from "@/components/servers/tool-list";
import { Tabs } from "@/components/ui/tabs";
import { orNotFound, requireWorkspaceCtx } from "@/lib/auth/context";
import { listSecrets } from "@/lib/services/secret/list";
import { getServer } from "@/lib/services/server/get";
import {
  deleteSecretAction,
  refreshToolsAction,
  setSecretAction,
  setServerEnabledAction,
  setToolEnabledAction,
  updateServerAction,
} from "../actions";
import { Settings } from "./settings";

export const metadata: Metadata = { title: "Server" };

export default async function ServerPage({ params }: WorkspacePage<{ server: string }>) {
  const { slug, server: ref } = await params;
  const ctx = await requireWorkspaceCtx(slug);
  const canManage = ctx.role !== "member";
  const server = await orNotFound(getServer(ctx, { server: ref }));
  const secrets = canManage ? await listSecrets(ctx, { server: ref }) : null;
  const tools = (
    <ToolList
      server={server.slug}
      tools={server.toolList}
      canManage={canManage}
      onToggle={setToolEnabledAction.bind(null, slug)}
    />
  );
  return (
    <>
      <ServerSummary
        server={server}
        canManage={canManage}
        onToggle={setServerEnabledAction.bind(null, slug)}
        onRefresh={refreshToolsAction.bind(null, slug)}
      />
      {secrets === null ? (
        tools
      ) : (
        <Tabs
          label="Server"
          defaultValue={secrets.missing.length > 0 ? "secrets" : "tools"}
          tabs={[
            {
              value: "tools",
              title: (
                <>
                  Tools <Count of={server.tools.total} />
                </>
              ),
              content: tools,
            },
            {
              value: "secrets",
              title: (
                <>
                  Secrets <Count of={secrets.secrets.length} />
                </>
              ),
              content: (
                <div className="grid grid-cols-1 gap-6">
                  <SecretList
                    server={server.slug}
                    secrets={secrets}
                    onSet={setSecretAction.bind(null, slug)}
                    onDelete={deleteSecretAction.bind(null, slug)}
                  />
                  <HeaderForm
                    key={JSON.stringify(server.headers)}
                    server={server.slug}
                    headers={server.headers}
                    onSave={updateServerAction.bind(null, slug)}
                  />
                </div>
              ),
            },
            {
              value: "settings",
              title: "Settings",
              content: <Settings key={server.name + server.url} slug={slug} server={server} />,
            },
          ]}
        />
      )}
    </>
  );
}

function Count({ of }: { of: number }) {
  return <span className="rounded-md bg-muted px-1.5 text-faint text-xs tabular-nums">{of}</span>;
}
