import type { CallContext } from "@/lib/functions/contract";
import { failed } from "@/lib/functions/failure";

/** One call of a function on a host worker elsewhere, as the gateway makes it; never rejects. */
export async function remoteCall(
  { url, key }: { url: string; key: string },
  context: CallContext,
  request: Request,
): Promise<Response> {
  const body = await request.text();
  const headers = new Headers(request.headers);
  headers.set("x-rt-key", key);
  headers.set("x-rt-ctx", JSON.stringify(context));
  try {
    return await fetch(`${url}/mcp`, { method: "POST", headers, body, redirect: "manual", signal: request.signal });
  } catch {
    return failed("engine_unavailable", body);
  }
}
