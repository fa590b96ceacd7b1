import { runtime } from "@/lib/auth/runtime";
import { createReadiness, NOT_READY, type Readiness, readinessAnswer } from "@/lib/server/ready";

export const dynamic = "force-dynamic";

let readiness: (() => Promise<Readiness>) | undefined;

async function ask(): Promise<Readiness> {
  const { db, masterKeys } = await runtime();
  readiness ??= createReadiness(db, () => masterKeys.current.id);
  return readiness();
}

/** Whether this node may be given traffic. Our own server answers this itself; the route is for other hosts. */
export async function GET(): Promise<Response> {
  const { status, body } = readinessAnswer(await ask().catch(() => NOT_READY));
  return new Response(body, { status, headers: { "content-type": "application/json", "cache-control": "no-store" } });
}
