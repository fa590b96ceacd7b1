import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { requireUserCtx } from "@/lib/auth/context";
import { LAST_WORKSPACE_COOKIE } from "@/lib/last-workspace";
import { paths } from "@/lib/paths";
import { listWorkspaces } from "@/lib/services/workspace/list";

/** `/hub` and `/hub/github`, for links from outside: the Hub of the workspace one was in last, or of the first. */
export default async function AnyHubPage({ params }: { params: Promise<{ listing?: string[] }> }) {
  const [name] = (await params).listing ?? [];
  const workspaces = await listWorkspaces(await requireUserCtx());
  const last = (await cookies()).get(LAST_WORKSPACE_COOKIE)?.value;
  const workspace = workspaces.find(({ slug }) => slug === last) ?? workspaces[0];
  if (!workspace) redirect(paths.workspaces);
  redirect(name === undefined ? paths.hub(workspace.slug) : paths.listing(workspace.slug, encodeURIComponent(name)));
}
