import { handleApi } from "@/lib/api/handle";
import { apiCtx } from "@/lib/auth/api-context";
import { createLog } from "@/lib/log";

export const dynamic = "force-dynamic";

const ports = { authenticate: apiCtx, log: createLog() };
const handle = (request: Request): Promise<Response> => handleApi(request, ports);

export { handle as DELETE, handle as GET, handle as PATCH, handle as POST, handle as PUT };
