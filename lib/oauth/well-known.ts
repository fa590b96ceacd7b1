import { runtime } from "@/lib/auth/runtime";
import { handleOauth } from "./handle";
import { originOf } from "./origin";
import { RESOURCE_METADATA_PATH, resourceMetadata } from "./resource";

const OPEN = { "access-control-allow-origin": "*", "access-control-allow-methods": "GET", "cache-control": "no-store" };

/** Where clients look for the server's metadata when the issuer has a path (RFC 8414, section 3.1, and what came before it). */
const SERVER_METADATA = new Set([
  "/.well-known/oauth-authorization-server/oauth",
  "/.well-known/openid-configuration/oauth",
]);

/** One plain answer for everything that is not there: a page of HTML, or a redirect, misleads clients that probe. */
export function notThere(request: Request): Response {
  const body = request.method === "HEAD" ? null : '{"error":"not_found"}';
  return new Response(body, { status: 404, headers: { ...OPEN, "content-type": "application/json" } });
}

/** Answers `/.well-known/**`: the metadata that there is, and a definite 404 for all else. */
export async function handleWellKnown(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (SERVER_METADATA.has(pathname)) return handleOauth(request, "/.well-known/openid-configuration");
  const slug = RESOURCE_METADATA_PATH.exec(pathname)?.[1];
  if (slug === undefined || !["GET", "HEAD", "OPTIONS"].includes(request.method)) return notThere(request);
  const origin = originOf(request.headers, (await runtime()).env);
  const document = origin === null ? null : resourceMetadata(origin, slug);
  if (!document) return notThere(request);
  if (request.method === "OPTIONS")
    return new Response(null, {
      status: 204,
      headers: { ...OPEN, "access-control-allow-headers": "mcp-protocol-version" },
    });
  const response = Response.json(document, { headers: OPEN });
  return request.method === "HEAD" ? new Response(null, response) : response;
}
