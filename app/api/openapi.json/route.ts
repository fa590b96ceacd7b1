import { openApiDocument } from "@/lib/api/openapi";

/** The document is the same for everybody and holds no data, so it needs no sign-in and is made at build time. */
export const dynamic = "force-static";

export function GET(): Response {
  return Response.json(openApiDocument());
}
