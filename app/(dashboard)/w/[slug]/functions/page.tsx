import { FunctionSquare, Plus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import type { WorkspacePage } from "@/app/page-props";
import { EngineNotice } from "@/components/functions/engine-notice";
import { FunctionTable } from "@/components/functions/function-table";
import { TemplateGrid } from "@/components/functions/template-grid";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { orNotFound, requireWorkspaceCtx } from "@/lib/auth/context";
import { paths } from "@/lib/paths";
import { listFunctions } from "@/lib/services/function/list";
import { listTemplates } from "@/lib/services/function/templates";

export const metadata: Metadata = { title: "Functions" };

export default async function FunctionsPage({ params }: WorkspacePage) {
  const { slug } = await params;
  const ctx = await requireWorkspaceCtx(slug);
  const { functions, engine } = await orNotFound(listFunctions(ctx));
  return (
    <>
      <PageHeader
        title="Functions"
        description="MCP servers written here in TypeScript and run by this installation. Their tools stand beside those of all other servers."
        actions={
          functions.length > 0 && (
            <Button asChild>
              <Link href={paths.newFunction(slug)}>
                <Plus aria-hidden /> New function
              </Link>
            </Button>
          )
        }
      />
      <EngineNotice engine={engine} className="mb-6" />
      {functions.length > 0 ? (
        <Card>
          <FunctionTable slug={slug} functions={functions} />
        </Card>
      ) : (
        <div className="grid grid-cols-1 gap-6">
          <Card>
            <EmptyState icon={FunctionSquare} title="Write the first function">
              For an API that has no MCP server: describe a tool, fetch what it needs, deploy. Secrets stay sealed here;
              the code gets placeholders, and the values go to the hosts it declares and nowhere else.
            </EmptyState>
          </Card>
          <h2 className="font-semibold">Start from</h2>
          <TemplateGrid slug={slug} templates={await listTemplates(ctx)} />
        </div>
      )}
    </>
  );
}
