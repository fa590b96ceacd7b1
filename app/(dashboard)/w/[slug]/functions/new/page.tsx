import type { Metadata } from "next";
import type { WorkspacePage } from "@/app/page-props";
import { EngineNotice } from "@/components/functions/engine-notice";
import { AddMode } from "@/components/servers/add-mode";
import { PageHeader } from "@/components/ui/page-header";
import { orNotFound, requireWorkspaceCtx } from "@/lib/auth/context";
import { listFunctions } from "@/lib/services/function/list";
import { listTemplates } from "@/lib/services/function/templates";
import { NewFunction } from "./new-function";

export const metadata: Metadata = { title: "New function" };

export default async function NewFunctionPage({ params, searchParams }: WorkspacePage) {
  const { slug } = await params;
  const { from } = await searchParams;
  const ctx = await requireWorkspaceCtx(slug);
  const { engine } = await orNotFound(listFunctions(ctx));
  const templates = await listTemplates(ctx);
  const known = ["openapi", ...templates.map(({ id }) => id)];
  return (
    <>
      <PageHeader
        title="New function"
        description="An MCP server in TypeScript. You write it here or with the CLI; this installation runs it."
      />
      <AddMode slug={slug} current="host" />
      <EngineNotice engine={engine} className="mb-6 max-w-4xl" />
      <NewFunction slug={slug} templates={templates} from={known.find((id) => id === from) ?? "blank"} />
    </>
  );
}
