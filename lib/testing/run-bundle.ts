/** A bundle of our own making, run in this process: a `data:` module, so that nothing else is in reach of its imports. */
export async function runBundle(code: string, env: Record<string, string> = {}) {
  const made = (await import(`data:text/javascript;base64,${Buffer.from(code).toString("base64")}`)) as {
    default: { fetch(request: Request, env: object): Promise<Response> };
  };
  return async <T>(method: string, params?: object): Promise<T> => {
    const headers = { "content-type": "application/json", accept: "application/json, text/event-stream" };
    const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
    const response = await made.default.fetch(new Request("http://f/mcp", { method: "POST", headers, body }), env);
    const text = await response.text();
    return (JSON.parse(text.replace(/^event: message\ndata: /, "")) as { result: T }).result;
  };
}

export interface ListedTool {
  name: string;
  description: string;
  inputSchema: { properties: Record<string, unknown>; required?: string[] };
}
