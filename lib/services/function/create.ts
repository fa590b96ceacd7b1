import { AppError } from "@/lib/errors";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { touchWorkspace } from "@/lib/services/workspace/touch";
import { getFunction } from "./get";
import { insertFunction } from "./insert";
import { importDocument } from "./read-openapi";
import { CreateFunctionInput } from "./schemas";
import { blankFor, templateFor } from "./templates";
import type { FunctionDetail } from "./view";

/**
 * Makes a function with a draft: from a template, from files, from an OpenAPI document, or from a small one that works
 * as it is. Nothing answers before it is deployed.
 * @throws AppError `forbidden`, `invalid`, `conflict` (slug), `upstream_failed`, `unavailable`
 */
export async function createFunction(ctx: WorkspaceCtx, input: CreateFunctionInput): Promise<FunctionDetail> {
  requirePermission(ctx, "function.manage");
  const given = parse(CreateFunctionInput, input);
  const { slug, name = slug } = given;
  const start = await startOf(ctx, given);
  await ctx.db.transaction(async (tx) => {
    await touchWorkspace(tx, ctx.workspace.id);
    await insertFunction(tx, ctx, { slug, name, ...start });
  });
  return getFunction(ctx, { function: slug });
}

type Given = ReturnType<typeof CreateFunctionInput.parse>;
interface Start {
  files: Record<string, string>;
  entry: string;
  from: string;
}

async function startOf(ctx: WorkspaceCtx, given: Given): Promise<Start> {
  const { slug, template, files, entry, openapi } = given;
  if ([template, files, openapi].filter((each) => each !== undefined).length > 1)
    throw new AppError("invalid", "Start from a template, from files or from a document, one of them.", {
      field: "template",
    });
  if (files) {
    if (!Object.hasOwn(files, entry)) throw new AppError("invalid", "There is no such file.", { field: "entry" });
    return { files, entry, from: "files" };
  }
  const one = (source: string, from: string): Start => ({ files: { "server.ts": source }, entry: "server.ts", from });
  if (openapi) return one((await importDocument(ctx, { slug, ...openapi })).source, "openapi");
  if (template !== undefined) return one(templateFor(ctx, template, slug), `template ${template}`);
  return one(blankFor(slug), "blank");
}
