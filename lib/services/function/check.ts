import type { SourceProblem } from "@/lib/functions/engine";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { requireCompiler } from "./engine";
import { findFunction } from "./find";
import { CheckFunctionInput } from "./schemas";
import type { CheckView } from "./view";

/**
 * Faults of the draft, or of files that are not saved yet, at their lines: what would stop a deployment first, then
 * errors of types, which stop none.
 * @throws AppError `forbidden`, `not_found`, `invalid`, `unavailable`
 */
export async function checkFunction(ctx: WorkspaceCtx, input: CheckFunctionInput): Promise<CheckView> {
  requirePermission(ctx, "function.manage");
  const { function: ref, ...given } = parse(CheckFunctionInput, input);
  const { fn } = await findFunction(ctx.db, ctx, ref);
  const engine = requireCompiler(ctx);
  const files = new Map(Object.entries(given.files ?? fn.files));
  const entry = given.entry ?? fn.entry;
  const built = await engine.bundle(files, entry);
  const stopping = built.ok ? [] : built.problems;
  const found = await engine.check(files, entry);
  const problems = [...stopping, ...found.filter((problem) => !stopping.some((other) => isSamePlace(problem, other)))];
  return { ok: problems.length === 0, problems };
}

const isSamePlace = (a: SourceProblem, b: SourceProblem): boolean => a.file === b.file && a.line === b.line;
