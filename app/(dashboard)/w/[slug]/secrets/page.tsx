import type { Metadata } from "next";
import type { WorkspacePage } from "@/app/page-props";
import { SecretsExplorer } from "@/components/secrets/secrets-explorer";
import { PageHeader } from "@/components/ui/page-header";
import { orNotFound, requireWorkspaceCtx } from "@/lib/auth/context";
import { listWorkspaceSecrets } from "@/lib/services/secret/list-workspace";
import { deleteSecretAction, setSecretAction, setSecretModeAction } from "./actions";

export const metadata: Metadata = { title: "Secrets" };

export default async function SecretsPage({ params }: WorkspacePage) {
  const { slug } = await params;
  const ctx = await requireWorkspaceCtx(slug);
  const secrets = await orNotFound(listWorkspaceSecrets(ctx));
  return (
    <>
      <PageHeader
        title="Secrets"
        description="Credentials that the gateway puts into requests. Each is sealed and bound to its server's address; nobody can read one again, you included."
      />
      <SecretsExplorer
        slug={slug}
        secrets={secrets}
        actions={{
          onSet: setSecretAction.bind(null, slug),
          onDelete: deleteSecretAction.bind(null, slug),
          onMode: setSecretModeAction.bind(null, slug),
        }}
      />
    </>
  );
}
