export const dynamic = "force-dynamic";

/** Says that the process answers, and nothing more. Our own server answers this itself; the route is for other hosts. */
export function GET(): Response {
  return Response.json({ status: "ok" }, { headers: { "cache-control": "no-store" } });
}
