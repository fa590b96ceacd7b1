interface Options {
  method?: "GET" | "POST" | "PUT" | "DELETE";
  body?: object;
  signal?: AbortSignal;
  /** The request must get through although the page goes away. */
  keepalive?: boolean;
}

/** One operation of the management API inside a workspace, by the session cookie. @throws Error with the API's own words */
export async function workspaceApi<T>(slug: string, path: string, options: Options = {}): Promise<T> {
  const { method = "GET", body, signal, keepalive } = options;
  const response = await fetch(`/api/v1/workspaces/${encodeURIComponent(slug)}${path}`, {
    method,
    signal,
    keepalive,
    headers: { accept: "application/json", ...(body && { "content-type": "application/json" }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const answer = await response.json().catch(() => null);
  if (!response.ok) throw new Error(answer?.error?.message ?? "The server did not answer. Try again.");
  return answer;
}
