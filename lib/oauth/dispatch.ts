import { toFetchResponse, toReqRes } from "fetch-to-node";
import type Provider from "oidc-provider";
import { ISSUER_PATH } from "@/lib/access/access-token";

/** The request as oidc-provider's Koa wants it, and what it answered. The origin decides host and scheme, not the wire. */
export function nodePair(origin: string, path: string, request: Request): ReturnType<typeof toReqRes> {
  const pair = toReqRes(request);
  const { host, protocol } = new URL(origin);
  pair.req.headers.host = host;
  pair.req.url = path;
  // A Web request's body has no framing any more, but Koa takes one without for none.
  delete pair.req.headers["content-length"];
  if (request.body) pair.req.headers["transfer-encoding"] = "chunked";
  // Koa asks the socket for the scheme; there is none behind a Web request.
  Object.defineProperty(pair.req, "socket", { value: { encrypted: protocol === "https:" } });
  Object.assign(pair.req, { originalUrl: ISSUER_PATH + path });
  return pair;
}

/**
 * Lets the provider answer. @param path below the issuer, with its query
 * @param request GET, POST or OPTIONS; its own URL is not looked at
 */
export async function dispatch(provider: Provider, origin: string, path: string, request: Request): Promise<Response> {
  const { req, res } = nodePair(origin, path, request);
  const answer = provider.callback();
  const [response] = await Promise.all([toFetchResponse(res), answer(req, res)]);
  return response;
}
