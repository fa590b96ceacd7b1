/** Why the runtime gave no answer of the function, with the HTTP status of each. Closed: the gateway maps all of them. */
export const FAILURES = {
  bad_request: [400, "The runtime did not understand the request."],
  unauthorized: [401, "The runtime's key is wrong."],
  unknown_deployment: [404, "There is no such deployment. Deploy the function again."],
  method_not_allowed: [405, "A function takes POST only."],
  request_too_large: [413, "The request is too large for a function."],
  too_many_requests: [429, "Too many calls of this function run at once. Try again shortly."],
  server_error: [500, "The function failed. Its log says why."],
  load_failed: [500, "The function could not be loaded. Its log says why."],
  runtime_crashed: [502, "The function's process ended during the call. Its log says why."],
  answer_too_large: [502, "The function's answer is larger than 1 MiB."],
  quarantined: [503, "The function is paused after repeated crashes. Its log says why."],
  no_capacity: [503, "All function processes are busy. Try again shortly."],
  engine_unavailable: [503, "Functions cannot run on this machine."],
  deadline_exceeded: [504, "The function took too long."],
} as const satisfies Record<string, readonly [number, string]>;

export type Failure = keyof typeof FAILURES;

/** Name of the header that carries the failure's code beside the JSON-RPC error. */
export const FAILURE_HEADER = "x-rt-error";

/** The request's JSON-RPC id, or null where it has none or is no JSON. */
export function idOf(body: string): string | number | null {
  try {
    const id: unknown = (JSON.parse(body) as { id?: unknown } | null)?.id;
    return typeof id === "string" || typeof id === "number" ? id : null;
  } catch {
    return null;
  }
}

/**
 * The answer in place of the function's: a JSON-RPC error (-32603) under the failure's HTTP status. It quotes nothing
 * that the function said.
 * @param body the request's, for its id
 */
export function failed(failure: Failure, body = ""): Response {
  const [status, message] = FAILURES[failure];
  const error = { jsonrpc: "2.0", id: idOf(body), error: { code: -32603, message, data: { code: failure } } };
  return new Response(JSON.stringify(error), {
    status,
    headers: { "content-type": "application/json", [FAILURE_HEADER]: failure },
  });
}
