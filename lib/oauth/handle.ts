import { sourceIpOf } from "@/lib/auth/make-ctx";
import { runtime } from "@/lib/auth/runtime";
import { authorizationQuery } from "./authorization-query";
import { registrationOf } from "./client-policy";
import { dispatch } from "./dispatch";
import { describeServer } from "./metadata";
import { originOf } from "./origin";
import { providerFor } from "./provider";
import { createRateLimit } from "./rate-limit";

const MAX_BODY_BYTES = 64 << 10;
const WINDOW_MS = 10 * 60_000;
/** By address, in this process: registrations leave rows behind, and so do authorizations, for half an hour. */
const LIMITS = { "/register": createRateLimit(30, WINDOW_MS), "/authorize": createRateLimit(300, WINDOW_MS) };

/** Which methods a path takes; `/authorize/<id>` is where the consent page sends the browser back to. */
const ENDPOINTS: [RegExp, string[]][] = [
  [/^\/authorize(?:\/[A-Za-z0-9_-]{1,64})?$/, ["GET"]],
  [/^\/(?:token|register|revoke)$/, ["POST", "OPTIONS"]],
  [/^\/jwks$/, ["GET", "OPTIONS"]],
  [/^\/\.well-known\/(?:openid-configuration|oauth-authorization-server)$/, ["GET", "OPTIONS"]],
];

/** An OAuth error (RFC 6749, section 5.2). */
export function oauthError(status: number, error: string, description: string, headers?: HeadersInit): Response {
  const body = { error, error_description: description };
  return Response.json(body, {
    status,
    headers: { "cache-control": "no-store", "access-control-allow-origin": "*", ...headers },
  });
}

/** Answers one request of the authorization server. @param path below the issuer, without query */
export async function handleOauth(request: Request, path: string): Promise<Response> {
  const head = request.method === "HEAD";
  const method = head ? "GET" : request.method;
  const methods = ENDPOINTS.find(([pattern]) => pattern.test(path))?.[1];
  if (!methods) return oauthError(404, "not_found", "There is no such endpoint.");
  if (!methods.includes(method))
    return oauthError(405, "invalid_request", `Use ${methods[0]}.`, { allow: methods.join(", ") });
  const { env } = await runtime();
  const origin = originOf(request.headers, env);
  if (origin === null)
    return oauthError(403, "invalid_request", "This host name is not served. Set AEROSTACK_PUBLIC_URL.");
  const limit = method === "OPTIONS" ? undefined : LIMITS[path as keyof typeof LIMITS];
  if (limit && !limit(sourceIpOf(request.headers)))
    return oauthError(429, "temporarily_unavailable", "Too many requests from this address.", { "retry-after": "600" });
  const body = method === "POST" ? await readCapped(request) : undefined;
  if (body === null) return oauthError(413, "invalid_request", `The body may have at most ${MAX_BODY_BYTES} bytes.`);
  if (path === "/register") return register(request, origin, body);
  const query = path === "/authorize" ? authorizationQuery(new URL(request.url).searchParams) : "";
  if (query === null) return oauthError(400, "invalid_request", "The request holds characters that are not allowed.");
  const forwarded = new Request(origin, { method, headers: request.headers, body });
  const response = await dispatch(await providerFor(origin), origin, path + query, forwarded);
  const described = path.startsWith("/.well-known/") ? await describeServer(response) : response;
  return head ? new Response(null, described) : described;
}

/** Dynamic registration; also for clients that live in a browser. */
async function register(
  request: Request,
  origin: string,
  body: Uint8Array<ArrayBuffer> | undefined,
): Promise<Response> {
  if (request.method === "OPTIONS")
    return new Response(null, {
      status: 204,
      headers: {
        "access-control-allow-origin": "*",
        "access-control-allow-methods": "POST",
        "access-control-allow-headers": "content-type, mcp-protocol-version",
        "access-control-max-age": "3600",
      },
    });
  let asked: unknown;
  try {
    asked = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    return oauthError(400, "invalid_client_metadata", "The body is not JSON.");
  }
  const headers = new Headers(request.headers);
  headers.set("content-type", "application/json");
  const forwarded = new Request(origin, { method: "POST", headers, body: JSON.stringify(registrationOf(asked)) });
  const response = await dispatch(await providerFor(origin), origin, "/register", forwarded);
  response.headers.set("access-control-allow-origin", "*");
  return response;
}

/** The whole body, or null where it is larger than any of ours; counted as it comes. */
async function readCapped(request: Request): Promise<Uint8Array<ArrayBuffer> | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    size += part.value.byteLength;
    if (size > MAX_BODY_BYTES) {
      await reader?.cancel().catch(() => undefined);
      return null;
    }
    chunks.push(part.value);
  }
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return whole;
}
