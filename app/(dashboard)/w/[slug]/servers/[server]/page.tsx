import { Activity, ArrowRight } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import type { WorkspacePage } from "@/app/page-props";
import { CallTable } from "@/components/calls/call-table";
import { ServerSecrets } from "@/components/secrets/server-secrets";
import { HeaderForm } from "@/components/servers/header-form";
import { ReviewCard } from "@/components/servers/review-card";
import { ServerSummary } from "@/components/servers/server-summary";
import { ToolList } from "@/components/servers/tool-list";
import { Card, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { allows } from "@/lib/access/permissions";
import { orNotFound, requireWorkspaceCtx } from "@/lib/auth/context";
import { paths } from "@/lib/paths";
import { listCalls } from "@/lib/services/call/list";
import type { CallView } from "@/lib/services/call/view";
import { listWorkspaceSecrets } from "@/lib/services/secret/list-workspace";
import { getServer } from "@/lib/services/server/get";
import { serverRemoval } from "@/lib/services/server/removal";
import { listToolReviews } from "@/lib/services/tool/review";
import { getWorkspaceSettings } from "@/lib/services/workspace/update-settings";
import { deleteSecretAction, setSecretAction, setSecretModeAction } from "../../secrets/actions";
import {
  acceptToolsAction,
  editToolAction,
  refreshToolsAction,
  setServerEnabledAction,
  setToolEnabledAction,
  updateServerAction,
} from "../actions";
import { ServerTabs } from "./server-tabs";
import { Settings } from "./settings";

export const metadata: Metadata = { title: "Server" };

const LAST_CALLS = 20;

export default async function ServerPage({ params }: WorkspacePage<{ server: string }>) {
  const { slug, server: ref } = await params;
  const ctx = await requireWorkspaceCtx(slug);
  const canManage = allows(ctx.role, "server.manage");
  const server = await orNotFound(getServer(ctx, { server: ref }));
  const hosted = server.kind === "hosted";
  const [{ calls }, { nameLength }, reviews, more] = await Promise.all([
    listCalls(ctx, { server: server.slug, limit: LAST_CALLS }),
    getWorkspaceSettings(ctx),
    canManage ? listToolReviews(ctx, { server: server.id }) : [],
    canManage && !hosted ? Promise.all([listWorkspaceSecrets(ctx), serverRemoval(ctx, { server: server.id })]) : null,
  ]);
  const secrets = more?.[0].filter((secret) => secret.server.id === server.id) ?? [];
  const canRun = allows(ctx.role, "gateway.use");
  const tools = {
    value: "tools",
    title: (
      <>
        Tools <Count of={server.tools.total} />
      </>
    ),
    content: (
      <div className="grid grid-cols-1 gap-6">
        <ReviewCard server={server.slug} reviews={reviews} onAccept={acceptToolsAction.bind(null, slug)} />
        <ToolList
          server={server.slug}
          hosted={hosted}
          tools={server.toolList}
          canManage={canManage}
          runIn={canRun ? slug : null}
          onToggle={setToolEnabledAction.bind(null, slug)}
          nameLength={nameLength}
          onEdit={editToolAction.bind(null, slug)}
        />
      </div>
    ),
  };
  const auth = more && {
    value: "auth",
    title: (
      <>
        Auth <Count of={secrets.length} />
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
  };
  const last = {
    value: "calls",
    title: "Calls",
    content: <LastCalls slug={slug} server={server.slug} calls={calls} />,
  };
  const settings = more && {
    value: "settings",
    title: "Settings",
    content: <Settings key={server.name + server.url} slug={slug} server={server} removal={more[1]} />,
  };
  return (
    <>
      <ServerSummary
        server={server}
        canManage={canManage}
        functionHref={hosted ? paths.function(slug, server.slug) : null}
        onToggle={setServerEnabledAction.bind(null, slug)}
        onRefresh={refreshToolsAction.bind(null, slug)}
      />
      <ServerTabs
        first={secrets.some((secret) => secret.missing) ? "auth" : "tools"}
        tabs={[tools, auth, last, settings].filter((tab) => tab !== null)}
      />
    </>
  );
}

function LastCalls({ slug, server, calls }: { slug: string; server: string; calls: CallView[] }) {
  return (
    <Card>
      <CardHeader
        title="Last calls"
        action={
          calls.length > 0 && (
            <Link
              href={`${paths.calls(slug)}?server=${server}`}
              className="flex items-center gap-1 rounded text-accent-text text-sm hover:underline hover:underline-offset-4"
            >
              All its calls <ArrowRight aria-hidden className="size-3.5" />
            </Link>
          )
        }
      />
      {calls.length > 0 ? (
        <CallTable slug={slug} calls={calls} />
      ) : (
        <EmptyState icon={Activity} title="No calls yet">
          Once somebody uses one of its tools, the call is here with their name on it.
        </EmptyState>
      )}
    </Card>
  );
}

function Count({ of }: { of: number }) {
  return <span className="rounded-md bg-muted px-1.5 text-faint text-xs tabular-nums">{of}</span>;
}
