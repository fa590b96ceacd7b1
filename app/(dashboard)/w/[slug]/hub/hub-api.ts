import type { ListingPage } from "@/lib/services/listing/view";

/** A failure as the API says it. */
export class HubApiError extends Error {
  override readonly name = "HubApiError";
  constructor(
    message: string,
    /** The input at fault; absent where it is none of the filters. */
    readonly field: string | undefined,
    readonly requestId: string | undefined,
  ) {
    super(message);
  }
}

/** Searches the Hub by the management API, by the session cookie. @throws HubApiError */
export async function fetchListings(
  workspace: string,
  filters: Record<string, string | null>,
  signal?: AbortSignal,
): Promise<ListingPage> {
  const set = Object.entries(filters).flatMap(([name, value]) => (value ? [[name, value]] : []));
  const search = new URLSearchParams([["workspace", workspace], ...set]);
  const response = await fetch(`/api/v1/hub/listings?${search}`, { signal, headers: { accept: "application/json" } });
  const body = await response.json().catch(() => null);
  if (response.ok) return body;
  const { message = "The server did not answer.", field, requestId } = body?.error ?? {};
  throw new HubApiError(message, field, requestId);
}
