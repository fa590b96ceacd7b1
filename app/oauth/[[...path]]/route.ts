import { ISSUER_PATH } from "@/lib/access/access-token";
import { handleOauth } from "@/lib/oauth/handle";

/** The authorization server; every endpoint and method is decided in `lib/oauth`. */
export const runtime = "nodejs";

const handle = (request: Request): Promise<Response> =>
  handleOauth(request, new URL(request.url).pathname.slice(ISSUER_PATH.length));

export {
  handle as DELETE,
  handle as GET,
  handle as HEAD,
  handle as OPTIONS,
  handle as PATCH,
  handle as POST,
  handle as PUT,
};
