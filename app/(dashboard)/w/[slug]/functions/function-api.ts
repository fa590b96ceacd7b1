import type { ActionState } from "@/lib/action-state";

const OFFLINE = {
  ok: false,
  code: "unavailable",
  message: "The server did not answer. Check that it is running, then try again.",
} as const;

/** Where the API has one function. */
export const functionPath = (name: string): string => `/functions/${encodeURIComponent(name)}`;

/**
 * One operation of the management API, by the session cookie. For what may be large or take long: server actions have
 * small bodies, and wait for each other.
 */
export async function functionApi<T>(
  slug: string,
  method: "POST" | "PUT",
  path: string,
  input: object,
  signal?: AbortSignal,
): Promise<ActionState<T>> {
  try {
    const response = await fetch(`/api/v1/workspaces/${encodeURIComponent(slug)}${path}`, {
      method,
      signal,
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify(input),
    });
    const body = await response.json();
    if (response.ok) return { ok: true, data: body };
    const { code, message, field } = body.error;
    return { ok: false, code, message, field };
  } catch {
    return OFFLINE;
  }
}
