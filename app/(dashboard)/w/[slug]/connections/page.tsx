import type { Metadata } from "next";
import type { WorkspacePage } from "@/app/page-props";
import { ConnectionList } from "@/components/secrets/connection-list";
import { PageHeader } from "@/components/ui/page-header";
import { orNotFound, requireWorkspaceCtx } from "@/lib/auth/context";
import { listOwnSecrets } from "@/lib/services/secret/list-own";
import { deleteOwnSecretAction, setOwnSecretAction } from "./actions";

export const metadata: Metadata = { title: "My connections" };

export default async function ConnectionsPage({ params }: WorkspacePage) {
  const { slug } = await params;
  const ctx = await requireWorkspaceCtx(slug);
  const connections = await orNotFound(listOwnSecrets(ctx));
  return (
    <>
      <PageHeader
        title="My connections"
        description="Your own credentials for servers that act as you. They are sealed, used for your calls only, and no one can read them, admins included."
      />
      <ConnectionList
        connections={connections}
        onSet={setOwnSecretAction.bind(null, slug)}
        onDelete={deleteOwnSecretAction.bind(null, slug)}
      />
    </>
  );
}
