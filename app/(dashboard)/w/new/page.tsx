import type { Metadata } from "next";
import { PageHeader } from "@/components/ui/page-header";
import { requireUserCtx } from "@/lib/auth/context";
import { CreateWorkspace } from "./create-workspace";

export const metadata: Metadata = { title: "New workspace" };

export default async function NewWorkspacePage() {
  const { publicUrl } = await requireUserCtx();
  return (
    <>
      <PageHeader title="New workspace" description="One URL for a team. Servers, members and tokens come next." />
      <CreateWorkspace origin={publicUrl} />
    </>
  );
}
