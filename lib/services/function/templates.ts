import { AppError } from "@/lib/errors";
import { TEMPLATES } from "@/lib/functions/templates/catalogue";
import { type Ctx, requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { requireCompiler } from "./engine";
import type { TemplateView } from "./view";

/** What a function can start from. @throws AppError `forbidden` */
export async function listTemplates(ctx: WorkspaceCtx): Promise<TemplateView[]> {
  requirePermission(ctx, "function.manage");
  return TEMPLATES.map(({ id, title, description }) => ({ id, title, description }));
}

/** A template's source, its server named by the slug. @throws AppError `invalid` (field `template`), `unavailable` */
export function templateFor(ctx: Ctx, id: string, slug: string): string {
  if (!TEMPLATES.some((template) => template.id === id))
    throw new AppError("invalid", "There is no such template.", { field: "template" });
  return named(requireCompiler(ctx).templateSource(id), slug);
}

const named = (source: string, slug: string): string =>
  source.replace(/^ {2}name: "[^"]*",$/m, () => `  name: ${JSON.stringify(slug)},`);

/** Where nothing was chosen: one tool that works as it is. */
export const blankFor = (slug: string): string => `import { defineServer } from "@aerostack/server";
import { z } from "zod";

export default defineServer({
  name: ${JSON.stringify(slug)},
  version: "1.0.0",
  tools: (tool) => ({
    hello: tool({
      description: "Say hello.",
      input: z.object({ name: z.string() }),
      run: ({ name }) => \`Hello, \${name}!\`,
    }),
  }),
});
`;
