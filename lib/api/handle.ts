import { notifyGateway } from "@/lib/auth/notify";
import { asAppError } from "@/lib/errors";
import { errorFields, type Log } from "@/lib/log";
import { type Ctx, workspaceCtx } from "@/lib/services/context";
import { ApiError, errorResponse, toApiError } from "./api-error";
import { match } from "./match";
import { readInput } from "./read-input";
import { ROUTES } from "./routes";

/** What the dispatcher needs of its surroundings. */
export interface ApiPorts {
  /** Who calls, or AppError `unauthorized`/`forbidden`. */
  authenticate(request: Request): Promise<Ctx>;
  log: Pick<Log, "error">;
}

/**
 * Answers one request of `/api/v1`: route, caller, input, verb, answer. Everything that can go wrong leaves as the
 * same error envelope; unforeseen errors are logged under the request id that the caller sees.
 */
export async function handleApi(request: Request, ports: ApiPorts): Promise<Response> {
  let requestId: string = crypto.randomUUID();
  let response: Response;
  try {
    const url = new URL(request.url);
    const { operation, params } = find(request.method, url.pathname);
    const ctx = await ports.authenticate(request);
    requestId = ctx.request.id;
    const input = await readInput(request, url, operation.bodyBytes);
    const { workspace: slug, ...named } = params;
    response = await answer(
      operation,
      await operation.run(ctx, () => workspaceCtx(ctx, slug ?? ""), { ...input, ...named }),
    );
    if (request.method !== "GET") notifyGateway();
  } catch (error) {
    const failure = toApiError(error);
    if (failure.code === "internal")
      ports.log.error("api.failed", { requestId, ...errorFields(asAppError(error).options.cause ?? error) });
    response = errorResponse(failure, requestId);
  }
  response.headers.set("x-request-id", requestId);
  response.headers.set("cache-control", "no-store");
  response.headers.set("x-content-type-options", "nosniff");
  return response;
}

type Found = Extract<ReturnType<typeof match>, { found: true }>;

function find(method: string, pathname: string): Found {
  const matched = match(ROUTES, method, pathname);
  if (matched.found) return matched;
  if (matched.methods.length === 0)
    throw new ApiError(404, "not_found", "There is no such path. /api/openapi.json lists all.");
  const allow = matched.methods.join(", ");
  throw new ApiError(405, "invalid", `This path takes ${allow}.`, undefined, { allow });
}

async function answer({ output, status }: Found["operation"], result: unknown): Promise<Response> {
  if (result instanceof Response) return result;
  const body = output ? output.parse(result) : result;
  return Response.json(body, { status: typeof status === "number" ? status : status(body) });
}
