import { openDataKey } from "@/lib/crypto/data-key";
import { openResult, sealResult } from "@/lib/crypto/kept-result";
import { newId } from "@/lib/ids";
import { errorFields } from "@/lib/log";
import { type CutResult, characterEnd, cutResult, jsonOf, textOf } from "./cut-result";
import { selectPath } from "./json-path";
import { OWN } from "./own-tools";
import type { Engine, Scope } from "./scope";

type Keeper = Pick<Engine, "keys" | "log" | "keptResults">;
type Whose = Pick<Scope, "workspace" | "principal" | "only">;

const HANDLE = /^res_[0-9a-z]{24}$/;
/** Characters of one page where the workspace has no bound (any more). */
const PAGE = 20_000;

const answer = (texts: string[], isError = false): string =>
  JSON.stringify({ content: texts.map((text) => ({ type: "text", text })), ...(isError && { isError }) });

/**
 * A result as it may go out: where the workspace bounds results and this one is longer, its text is cut, the whole is kept
 * for an hour for this member alone, and a note says how to read on. On single-server endpoints results stay whole.
 * @param result JSON text of a `CallToolResult`, secrets taken out
 */
export async function capResult(engine: Keeper, scope: Whose, result: string): Promise<string> {
  const { resultCap } = scope.workspace;
  if (resultCap === null || scope.only || result.length <= resultCap) return result;
  let cut: CutResult | null;
  try {
    cut = cutResult(result, resultCap);
  } catch {
    return result; // no result that anybody could read either
  }
  return cut ? cut.json(noteOf(cut, await keep(engine, scope, result))) : result;
}

/** The handle, or null where the result could not be kept: the call succeeded all the same. */
async function keep({ keys, log, keptResults }: Keeper, scope: Whose, result: string): Promise<string | null> {
  const { id: workspaceId, dataKeys } = scope.workspace;
  const dataKey = dataKeys.at(-1);
  if (!dataKey) return null;
  const binding = { id: newId("result"), workspaceId, memberId: scope.principal.memberId };
  try {
    const sealed = await sealResult(await openDataKey(keys, { ...dataKey, workspaceId }), result, binding);
    await keptResults.put({ ...binding, sealed, keyId: dataKey.id });
    return binding.id;
  } catch (error) {
    log.warn("gateway.result_not_kept", { workspace: scope.workspace.slug, ...errorFields(error) });
    return null;
  }
}

function noteOf({ shown, whole, onlyStructure }: CutResult, handle: string | null): string {
  const what = onlyStructure
    ? "The structured part of this result is too long and was left out here."
    : `This result is too long: ${shown} of its ${whole} characters are shown.`;
  if (handle === null) return `[${what} The rest could not be kept, so ask for less at a time.]`;
  const how = onlyStructure
    ? 'a path such as "items[0]"'
    : `offset ${shown}, or a path such as "items[0]" where it is JSON`;
  return `[${what} Read on with ${OWN.read}: handle "${handle}", ${how}. The whole stays readable for an hour.]`;
}

/** Answers `read_result`: one page of a kept result, or of the part of it that a path leads to. JSON text of a result. */
export async function readKept(engine: Keeper, scope: Whose, args: Record<string, unknown>): Promise<string> {
  const result = await open(engine, scope, args.handle);
  if (result === null)
    return answer(
      ["There is no such result, or its hour is over. Call the tool again and use the handle it gives."],
      true,
    );
  const part = partOf(result, args.path);
  if ("problem" in part) return answer([part.problem], true);
  const most = scope.workspace.resultCap ?? PAGE;
  const limit = isWhole(args.limit) ? Math.min(Math.max(args.limit, 1), most) : most;
  const offset = isWhole(args.offset) ? Math.max(args.offset, 0) : 0;
  const { text } = part;
  if (offset > 0 && offset >= text.length) return answer([`[There is no more: it has ${text.length} characters.]`]);
  const page = text.slice(offset, pageEnd(text, offset, limit));
  const read = offset + page.length;
  if (offset === 0 && read === text.length) return answer([page]);
  const rest = read < text.length ? ` Read on with offset ${read}.` : " That was the end.";
  return answer([page, `[Characters ${offset} to ${read} of ${text.length}.${rest}]`]);
}

/** At least one whole character, or nobody would ever get past a pair of surrogates. */
function pageEnd(text: string, offset: number, limit: number): number {
  const end = offset + limit < text.length ? characterEnd(text, offset + limit) : text.length;
  return end > offset ? end : offset + 2;
}

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value);

async function open({ keys, keptResults }: Keeper, scope: Whose, handle: unknown): Promise<string | null> {
  if (typeof handle !== "string" || !HANDLE.test(handle)) return null;
  const binding = { id: handle, workspaceId: scope.workspace.id, memberId: scope.principal.memberId };
  const kept = await keptResults.find(binding);
  const dataKey = scope.workspace.dataKeys.find(({ id }) => id === kept?.keyId);
  if (!kept || !dataKey) return null;
  return openResult(await openDataKey(keys, { ...dataKey, workspaceId: binding.workspaceId }), kept.sealed, binding);
}

function partOf(result: string, path: unknown): { text: string } | { problem: string } {
  if (typeof path !== "string" || path.trim() === "") return { text: textOf(result) };
  const value = jsonOf(result);
  if (value === undefined)
    return { problem: "This result is no JSON, so it has no paths. Read it by offset and limit." };
  const selected = selectPath(value, path.slice(0, 1_000));
  if ("problem" in selected) return selected;
  return { text: typeof selected.value === "string" ? selected.value : JSON.stringify(selected.value) };
}
