import { ToolError } from "./call-tool";
import type { DeclaredManifest, ToolContext } from "./types";

/** `onProgress` tells the caller; null where nobody listens. */
export type OnProgress = ((done: number, total?: number, message?: string) => void) | null;

/** The `ctx` of one call. Declared secrets come from the environment as placeholders; all else there is plain settings. */
export function contextOf(
  { secrets, limits }: DeclaredManifest,
  env: object,
  request: Request,
  onProgress: OnProgress,
): ToolContext {
  const deadline = AbortSignal.timeout(limits?.deadlineMs ?? 30_000);
  const signal = request.signal ? AbortSignal.any([request.signal, deadline]) : deadline;
  const texts = Object.entries(env).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  const values = new Map(texts.filter(([name]) => Object.hasOwn(secrets, name)));
  return {
    secrets: new Proxy({} as Record<string, string>, {
      get: (_, name) => (typeof name === "string" ? secretOf(values, name) : undefined),
    }),
    vars: Object.fromEntries(texts.filter(([name]) => !values.has(name))),
    signal,
    fetch: (input, init) => fetch(input, { signal, ...init }),
    log: (...said) => console.log(...said),
    progress: (done, total, message) => onProgress?.(done, total, message),
  };
}

/** A misspelt name must not become the text "undefined" in a header. */
function secretOf(values: Map<string, string>, name: string): string {
  const value = values.get(name);
  if (value === undefined) throw new ToolError(`The secret ${name} is not set or not declared by this server.`);
  return value;
}
