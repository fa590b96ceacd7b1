import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { findDeployment, findFunction } from "./find";
import { manifestChanges } from "./manifest-changes";
import { DiffDeploymentsInput } from "./schemas";
import type { DiffView } from "./view";

/** What differs from one deployment to another, or to the draft. @throws AppError `forbidden`, `not_found` */
export async function diffDeployments(ctx: WorkspaceCtx, input: DiffDeploymentsInput): Promise<DiffView> {
  requirePermission(ctx, "function.manage");
  const { function: ref, from, to } = parse(DiffDeploymentsInput, input);
  const { fn } = await findFunction(ctx.db, ctx, ref);
  const before = await findDeployment(ctx.db, ctx, fn, from);
  if (to === "draft")
    return {
      files: changedFiles(before.files, fn.files),
      manifest: [],
      tools: { added: [], removed: [], changed: [] },
    };
  const after = await findDeployment(ctx.db, ctx, fn, to);
  return {
    files: changedFiles(before.files, after.files),
    manifest: manifestChanges(before.manifest, after.manifest),
    tools: changedTools(before.tools, after.tools),
  };
}

function changedFiles(before: Record<string, string>, after: Record<string, string>): DiffView["files"] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names
    .map((name) => ({ name, before: before[name] ?? null, after: after[name] ?? null }))
    .filter((file) => file.before !== file.after);
}

interface Tool {
  name: string;
  definition: string;
}

function changedTools(before: Tool[], after: Tool[]): DiffView["tools"] {
  const old = new Map(before.map((tool) => [tool.name, tool.definition]));
  const now = new Map(after.map((tool) => [tool.name, tool.definition]));
  return {
    added: [...now.keys()].filter((name) => !old.has(name)),
    removed: [...old.keys()].filter((name) => !now.has(name)),
    changed: [...now].filter(([name, text]) => old.has(name) && old.get(name) !== text).map(([name]) => name),
  };
}
