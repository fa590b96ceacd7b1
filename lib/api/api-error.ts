import { asAppError, type ErrorCode, HTTP_STATUS } from "@/lib/errors";

/** A fault of the HTTP request itself, found before any verb is asked. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  constructor(
    readonly status: number,
    readonly code: ErrorCode,
    message: string,
    readonly field?: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
  }
}

/** Any error as the API says it. Nothing unforeseen carries its own words out. */
export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  const { code, message, field } = asAppError(error);
  const headers: Record<string, string> =
    code === "unauthorized"
      ? { "www-authenticate": 'Bearer realm="aerostack"' }
      : code === "rate_limited" || code === "unavailable"
        ? { "retry-after": "5" }
        : {};
  return new ApiError(HTTP_STATUS[code], code, message, field, headers);
}

/** `{ "error": { "code", "message", "field"?, "requestId" } }`. */
export function errorResponse(error: ApiError, requestId: string): Response {
  const { code, message, field } = error;
  return Response.json(
    { error: { code, message, field, requestId } },
    { status: error.status, headers: error.headers },
  );
}
