import type { ErrorCode } from "./errors";

/** What a server action answers: the result, or an error made for the person at the form. Plain data, so it crosses to the browser. */
export type ActionState<T = null> =
  | { ok: true; data: T }
  | { ok: false; code: ErrorCode; message: string; field?: string; requestId?: string };

/** A server action as a component sees it. */
export type Action<Input, T = null> = (input: Input) => Promise<ActionState<T>>;
