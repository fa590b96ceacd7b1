import type { CallDetailView, CallPage, CallPayloadView } from "@/lib/services/call/view";

/** One page of calls from the management API, by the session cookie. @throws Error with the API's message */
export const fetchCalls = (slug: string, query: Record<string, string>, signal?: AbortSignal): Promise<CallPage> =>
  ask(`${callsPath(slug)}?${new URLSearchParams(query)}`, signal);

/** One call in full. @throws as `fetchCalls` */
export const fetchCall = (slug: string, call: string, signal?: AbortSignal): Promise<CallDetailView> =>
  ask(`${callsPath(slug)}/${encodeURIComponent(call)}`, signal);

/** What is kept of a call; asking is recorded. @throws as `fetchCalls` */
export const fetchPayload = (slug: string, call: string): Promise<CallPayloadView> =>
  ask(`${callsPath(slug)}/${encodeURIComponent(call)}/payload`);

async function ask<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await fetch(path, { signal, headers: { accept: "application/json" } });
  const body = await response.json().catch(() => null);
  if (!response.ok) throw new Error(body?.error?.message ?? "The server did not answer.");
  return body;
}

const callsPath = (slug: string): string => `/api/v1/workspaces/${encodeURIComponent(slug)}/calls`;
