import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { handleApi } from "@/lib/api/handle";
import { AppError } from "@/lib/errors";
import { authenticateApiKey } from "@/lib/services/api-key/authenticate";
import type { Ctx } from "@/lib/services/context";

/** Answers API requests like the product, by API key; everything but the actor comes from `base`. */
export function apiHandler(base: Ctx): (request: Request) => Promise<Response> {
  const authenticate = async (request: Request): Promise<Ctx> => {
    const key = request.headers.get("authorization")?.replace(/^Bearer /, "") ?? "";
    const actor = await authenticateApiKey(base, key);
    if (!actor) throw new AppError("unauthorized", "This API key does not work.");
    return { ...base, actor, request: { ...base.request, id: crypto.randomUUID() } };
  };
  return (request) => handleApi(request, { authenticate, log: base.log });
}

/** The same over a real socket on loopback. */
export async function startApiServer(base: Ctx): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer(getRequestListener(apiHandler(base)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
