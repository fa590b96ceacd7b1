import { edgeGateway } from "../../gateway";

/** The owner's shape. Every endpoint and method stands in this one file, because edge module state is per route file. */
export const runtime = "edge";

async function handle(request: Request): Promise<Response> {
  const gateway = await edgeGateway();
  // The product's server and the platform both set this header themselves; a client's own value does not get here.
  const sourceIp = request.headers.get("x-forwarded-for")?.split(",")[0]?.trim() ?? null;
  return gateway.handle(request, { sourceIp });
}

export {
  handle as DELETE,
  handle as GET,
  handle as HEAD,
  handle as OPTIONS,
  handle as PATCH,
  handle as POST,
  handle as PUT,
};
