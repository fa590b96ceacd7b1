import type { CallPage } from "@/lib/services/call/view";

/** One page of calls from the management API, by the session cookie. @throws Error with the API's message */
export async function fetchCalls(slug: string, query: Record<string, string>, signal?: AbortSignal): Promise<CallPage> {
  const response = await fetch(`${callsPath(slug)}?${searchOf(query)}`, {
    signal,
    headers: { accept: "application/json" },
  });
  const body = await response.json().catch(() => null);
  if (!response.ok) throw new Error(body?.error?.message ?? "The server did not answer.");
  return body;
}

/** Where the API has the calls of a workspace. */
export const callsPath = (slug: string): string => `/api/v1/workspaces/${encodeURIComponent(slug)}/calls`;

/** A query string without the empty filters. */
export function searchOf(query: Record<string, string>): string {
  return new URLSearchParams(Object.entries(query).filter(([, value]) => value !== "")).toString();
}
