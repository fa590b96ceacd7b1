"use client";

import { useRouter } from "next/navigation";
import { CreateWorkspaceForm } from "@/components/workspace/create-workspace-form";
import { paths } from "@/lib/paths";
import { createWorkspaceAction } from "./actions";

export function CreateWorkspace({ origin }: { origin: string }) {
  const router = useRouter();
  return (
    <CreateWorkspaceForm
      origin={origin}
      onSubmit={createWorkspaceAction}
      onDone={(workspace) => router.push(paths.onboarding(workspace.slug))}
    />
  );
}
