import { AppError } from "@/lib/errors";
import { declaredManifest, MANIFEST_FILE } from "@/lib/functions/declared-manifest";
import type { FunctionEngine, Trial } from "@/lib/functions/engine";
import { type Manifest, parseManifest } from "@/lib/functions/manifest";
import { errorFields } from "@/lib/log";
import type { Ctx } from "@/lib/services/context";
import { type PinnedTool, pinTools } from "./pin-tools";

/** What a bundle showed in its trial. */
export interface Tried {
  manifest: Manifest;
  tools: PinnedTool[];
  startMs: number;
}

/** Failures that are this machine's, not the function's. */
const OURS = ["engine_unavailable", "no_capacity"];

/**
 * Starts a bundle once, alone and without a network, and takes down what it says of itself: what it declares it needs,
 * and its tools.
 * @param files the source, for an `aerostack.json` in it
 * @throws AppError `invalid` with the function's own words where it does not start, is no MCP server or declares
 * nonsense; `unavailable` where nothing can be tried now
 */
export async function tryBundle(
  ctx: Ctx,
  engine: FunctionEngine,
  code: string,
  files: Record<string, string>,
  vars: Record<string, string>,
): Promise<Tried> {
  const file = Object.hasOwn(files, MANIFEST_FILE) ? files[MANIFEST_FILE] : undefined;
  const known = file === undefined ? parseManifest({}) : declaredManifest({}, file);
  const trial = await start(ctx, engine, code, { ...known, vars });
  const manifest = declaredManifest(trial.initialize, file);
  const twice = Object.keys(vars).find((name) => Object.hasOwn(manifest.secrets, name));
  if (twice !== undefined)
    throw new AppError("invalid", `${twice} is declared as a secret. Remove the setting of that name first.`, {
      field: "vars",
    });
  return { manifest, tools: pinTools(trial.tools), startMs: trial.startMs };
}

async function start(
  ctx: Ctx,
  engine: FunctionEngine,
  code: string,
  policy: Parameters<FunctionEngine["smokeTest"]>[1],
): Promise<Extract<Trial, { ok: true }>> {
  const trial = await engine.smokeTest(code, policy).catch((cause: unknown) => {
    ctx.log.warn("function.trial_failed", errorFields(cause));
    throw new AppError("unavailable", "No process can be started for the trial now. Try again shortly.", { cause });
  });
  if (trial.ok) return trial;
  if (OURS.includes(trial.code)) throw new AppError("unavailable", trial.detail);
  throw new AppError("invalid", `The function does not start. ${oneLine(trial.detail)}`, { field: "code" });
}

/** Foreign words, made fit for a message. */
const oneLine = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]+/gu, " ")
    .trim()
    .slice(0, 1_000);
