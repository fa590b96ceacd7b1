import { AppError } from "@/lib/errors";
import type { SourceProblem } from "@/lib/functions/engine";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { lockWorkspace, touchWorkspace } from "@/lib/services/workspace/touch";
import { requireEngine } from "./engine";
import { findFunction } from "./find";
import { releaseCandidate } from "./release-candidate";
import { DeployFunctionInput } from "./schemas";
import { tryBundle } from "./trial";
import type { DeployedView } from "./view";

const MOST_SHOWN = 5;

/**
 * Makes a deployment of the draft: bundled, tried in a process of its own, kept, and put in force unless it is staged.
 * What answers stays where anything fails.
 * @throws AppError `forbidden`, `not_found`, `invalid` (field `files`, `code`, `tools`, `manifest`, `vars`), `unavailable`
 */
export async function deployFunction(ctx: WorkspaceCtx, input: DeployFunctionInput): Promise<DeployedView> {
  requirePermission(ctx, "function.manage");
  const { function: ref, note, stage } = parse(DeployFunctionInput, input);
  const { fn } = await findFunction(ctx.db, ctx, ref);
  const engine = requireEngine(ctx);
  const { files, entry, vars } = fn;
  const built = await engine.bundle(new Map(Object.entries(files)), entry);
  if (!built.ok) throw new AppError("invalid", problemText(built.problems), { field: "files" });
  const tried = await tryBundle(ctx, engine, built.code, files, vars);
  return ctx.db.transaction(async (tx) => {
    await (stage ? lockWorkspace : touchWorkspace)(tx, ctx.workspace.id);
    const hosted = await findFunction(tx, ctx, fn.serverId, true);
    return releaseCandidate(tx, ctx, hosted, { ...tried, code: built.code, files, entry, note }, stage);
  });
}

/** The first faults, one a line. */
function problemText(problems: SourceProblem[]): string {
  const lines = problems
    .slice(0, MOST_SHOWN)
    .map(({ file, line, column, text }) =>
      file && line > 0 ? `${file}:${line}:${column} ${text}` : `${file} ${text}`.trim(),
    );
  const more = problems.length > MOST_SHOWN ? [`and ${problems.length - MOST_SHOWN} more`] : [];
  return ["The function cannot be bundled.", ...lines, ...more].join("\n");
}
