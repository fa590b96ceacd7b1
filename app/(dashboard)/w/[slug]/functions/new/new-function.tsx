"use client";

import { useRouter } from "next/navigation";
import { NewFunctionFlow } from "@/components/functions/new/new-function-flow";
import { paths } from "@/lib/paths";
import type { FunctionDetail, OpenapiView, TemplateView } from "@/lib/services/function/view";
import { functionApi } from "../function-api";

interface NewProps {
  slug: string;
  templates: TemplateView[];
  from: string;
}

export function NewFunction({ slug, templates, from }: NewProps) {
  const router = useRouter();
  return (
    <NewFunctionFlow
      templates={templates}
      from={from}
      onRead={(input) => functionApi<OpenapiView>(slug, "POST", "/function-openapi", input)}
      onCreate={(input) => functionApi<FunctionDetail>(slug, "POST", "/function-drafts", input)}
      onCreated={(created) => router.push(paths.function(slug, created.slug))}
    />
  );
}
