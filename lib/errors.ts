/** The closed set of error codes that leave the control plane; each transport maps all of them. */
export type ErrorCode =
  | "invalid"
  | "unauthorized"
  | "forbidden"
  | "not_found"
  | "conflict"
  | "rate_limited"
  | "upstream_failed"
  | "unavailable"
  | "internal";

/** HTTP status of each code; total by the compiler. */
export const HTTP_STATUS = {
  invalid: 422,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  rate_limited: 429,
  upstream_failed: 502,
  unavailable: 503,
  internal: 500,
} satisfies Record<ErrorCode, number>;

/**
 * An error whose message is meant for the person who asked: it says what is wrong and what to do next,
 * and never holds a secret. `field` names the input at fault, for forms; `cause` is for the log only.
 */
export class AppError extends Error {
  override readonly name = "AppError";
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly options: { field?: string; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
  }
  get field(): string | undefined {
    return this.options.field;
  }
}

/** Anything unforeseen becomes `internal` with a dull message; its cause stays inside. */
export function asAppError(error: unknown): AppError {
  return error instanceof AppError
    ? error
    : new AppError("internal", "Something went wrong here. Try again; if it stays, look at the server's log.", {
        cause: error,
      });
}
