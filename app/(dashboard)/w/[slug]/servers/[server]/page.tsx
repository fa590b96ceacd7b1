import type { Metadata } from "next";
import type { WorkspacePage } from "@/app/page-props";
import { ServerSecrets } from "@/components/secrets/server-secrets";
import { HeaderForm } from "@/components/servers/header-form";
import { ServerSummary } from "@/components/servers/server-summary";
import { ToolList } from "@/components/servers/tool-list";
import { Tabs } from "@/components/ui/tabs";
import { allows } from "@/lib/access/permissions";
import { orNotFound, requireWorkspaceCtx } from "@/lib/auth/context";
import { paths } from "@/lib/paths";
import { listWorkspaceSecrets } from "@/lib/services/secret/list-workspace";
import { getServer } from "@/lib/services/server/get";
import { deleteSecretAction, setSecretAction, setSecretModeAction } from "../../secrets/actions";
import { refreshToolsAction, setServerEnabledAction, setToolEnabledAction, updateServerAction } from "../actions";
import { Settings } from "./settings";

export const metadata: Metadata = { title: "Server" };

export default async function ServerPage({ params }: WorkspacePage<{ server: string }>) {
  const { slug, server: ref } = await params;
  const ctx = await requireWorkspaceCtx(slug);
  const canManage = allows(ctx.role, "server.manage");
  const server = await orNotFound(getServer(ctx, { server: ref }));
  const hosted = server.kind === "hosted";
  const secrets =
    canManage && !hosted ? (await listWorkspaceSecrets(ctx)).filter((secret) => secret.server.id === server.id) : null;
  const tools = (
    <ToolList
      server={server.slug}
      hosted={hosted}
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
        functionHref={hosted ? paths.function(slug, server.slug) : null}
        onToggle={setServerEnabledAction.bind(null, slug)}
        onRefresh={refreshToolsAction.bind(null, slug)}
      />
      {secrets === null ? (
        tools
      ) : (
        <Tabs
          label="Server"
          defaultValue={secrets.some((secret) => secret.missing) ? "secrets" : "tools"}
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
                  Secrets <Count of={secrets.length} />
                </>
              ),
              content: (
                <div className="grid grid-cols-1 gap-6">
                  <ServerSecrets
                    secrets={secrets}
                    actions={{
                      onSet: setSecretAction.bind(null, slug),
                      onDelete: deleteSecretAction.bind(null, slug),
                      onMode: setSecretModeAction.bind(null, slug),
                    }}
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
