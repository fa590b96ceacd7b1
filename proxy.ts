import { type NextRequest, NextResponse } from "next/server";
import { contentSecurityPolicy } from "@/lib/auth/content-security-policy";
import { isSameOrigin } from "@/lib/auth/same-origin";

/** Pages whose address is a credential. */
const SECRET_IN_PATH = /^\/(invite|reset-password)\//;

/** Headers only. Who may see what is decided by pages, actions and routes, where the data is. */
export function proxy(request: NextRequest): NextResponse {
  if (!isDecodable(request.nextUrl.pathname)) return new NextResponse("Malformed address\n", { status: 400 });
  if (isForgedConsent(request)) return new NextResponse("Only the page itself may answer\n", { status: 403 });
  const nonce = btoa(crypto.randomUUID());
  const policy = contentSecurityPolicy(nonce, process.env.NODE_ENV === "development");
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("x-path", request.nextUrl.pathname + request.nextUrl.search); // where to come back to after signing in
  headers.set("content-security-policy", policy); // Next takes the nonce for its own scripts from here
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  const secret = SECRET_IN_PATH.test(request.nextUrl.pathname);
  response.headers.set("referrer-policy", secret ? "no-referrer" : "same-origin");
  response.headers.set("x-content-type-options", "nosniff");
  response.headers.set("strict-transport-security", "max-age=31536000"); // browsers heed it over https only
  response.headers.set("cross-origin-opener-policy", "same-origin");
  response.headers.set("permissions-policy", "camera=(), microphone=(), geolocation=()");
  return response;
}

/** The consent page's own form is what answers it; another site's, or a script without an origin, is turned away before any action. */
function isForgedConsent(request: NextRequest): boolean {
  if (request.method !== "POST" || !request.nextUrl.pathname.startsWith("/consent/")) return false;
  const site = request.headers.get("sec-fetch-site");
  return site === null ? !isSameOrigin(request, null) : site !== "same-origin";
}

/** `%zz` and `%ff` would otherwise become a 500 inside Next. */
function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/** Everything but the gateway (its answers are not pages) and static files. */
export const config = { matcher: ["/((?!ws/|_next/static/|_next/image).*)"] };
