/** A chart's figures from the management API, by the session cookie. @throws ChartError with the API's message */
export async function fetchChart<View>(
  slug: string,
  chart: string,
  query: Record<string, string | null | undefined>,
  signal?: AbortSignal,
): Promise<View> {
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : [])),
  );
  const response = await fetch(`/api/v1/workspaces/${encodeURIComponent(slug)}/analytics/${chart}?${search}`, {
    signal,
    headers: { accept: "application/json" },
  });
  const body = await response.json().catch(() => null);
  if (!response.ok) throw new ChartError(body?.error?.message ?? "The server did not answer.", body?.error?.request_id);
  return body;
}

/** Why a chart has no figures, and under which id the log knows more. */
export class ChartError extends Error {
  constructor(
    message: string,
    readonly requestId: string | undefined,
  ) {
    super(message);
  }
}
