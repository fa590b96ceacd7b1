import type { Failure } from "@/lib/functions/failure";
import { UpstreamError, type UpstreamFailure } from "@/lib/mcp/transport";
import { paths } from "@/lib/paths";
import { NoInputError } from "./bridge/rounds";
import { FunctionFailure } from "./functions";
import { MissingSecretError } from "./inject";
import type { Scope } from "./scope";

const TEXT: Record<UpstreamFailure, (server: string) => string> = {
  unreachable: (server) => `The server "${server}" cannot be reached right now. Try again later.`,
  refused_address: (server) =>
    `The server "${server}" has an address that this gateway may not call. Ask an admin to check it.`,
  timeout: (server) => `The server "${server}" did not answer in time. It may still be working on the call.`,
  redirect: (server) =>
    `The server "${server}" redirects elsewhere, which this gateway never follows. Ask an admin to update its URL.`,
  unauthorized: (server) =>
    `The server "${server}" refused the workspace's credential. Ask an admin to check its secret in Aerostack.`,
  status: (server) => `The server "${server}" answered with an error. Try again later.`,
  not_mcp: (server) => `The server "${server}" sent an answer that is not MCP.`,
  too_large: (server) => `The server "${server}" sent an answer that is too large. Ask for less at a time.`,
  aborted: (server) => `The call to "${server}" was cancelled.`,
};

const OURS = (server: string): string =>
  `The call to "${server}" failed inside the gateway. Ask an admin to look at its log.`;
const LOG = "Ask an admin to look at its log in Aerostack.";

const FUNCTION_TEXT: Record<Failure, (server: string) => string> = {
  bad_request: OURS,
  unauthorized: OURS,
  method_not_allowed: OURS,
  unknown_deployment: (server) => `The server "${server}" was just changed. Call again.`,
  request_too_large: (server) => `The arguments are too large for the server "${server}". Send less at a time.`,
  too_many_requests: (server) => `The server "${server}" has too many calls at once. Try again shortly.`,
  server_error: (server) => `The server "${server}" failed. ${LOG}`,
  load_failed: (server) => `The server "${server}" could not be started. ${LOG}`,
  runtime_crashed: (server) => `The server "${server}" ended in the middle of the call. ${LOG}`,
  answer_too_large: TEXT.too_large,
  quarantined: (server) =>
    `The server "${server}" is paused for some minutes, because it crashed repeatedly. ${LOG} Do not call it again now.`,
  no_capacity: (server) =>
    `The server "${server}" cannot be started right now, as too many others run. Try again shortly.`,
  engine_unavailable: (server) =>
    `The server "${server}" is hosted here, and this machine cannot run functions. Ask an admin.`,
  deadline_exceeded: (server) =>
    `The server "${server}" took too long and was stopped. It may have done part of the work.`,
};

/** Members of a `CallToolResult` that tells the model why there is no better one, as JSON text without the braces. */
export const errorMembers = (text: string): string =>
  JSON.stringify({ content: [{ type: "text", text }], isError: true }).slice(1, -1);

/** Members of the `CallToolResult` of a call that failed at its server. */
export const failureMembers = (server: string, error: unknown, scope: Where): string =>
  errorMembers(failureText(server, error, scope));

type Where = Pick<Scope, "origin" | "workspace">;

/** Why a server gave no answer: the model or its user reads it, so it names the server and nothing else. */
export function failureText(server: string, error: unknown, scope: Where): string {
  if (error instanceof FunctionFailure) return FUNCTION_TEXT[error.failure](server);
  if (error instanceof UpstreamError) return TEXT[error.reason](server);
  if (error instanceof NoInputError) return `The server "${server}" ${error.message}.`;
  return error instanceof MissingSecretError
    ? missingText(server, error, `${scope.origin}${paths.connections(scope.workspace.slug)}`)
    : OURS(server);
}

/** Who can set what is missing, and where. */
function missingText(server: string, { missing }: MissingSecretError, connections: string): string {
  const names = (own: boolean) =>
    missing
      .filter((secret) => secret.own === own)
      .map(({ name }) => name)
      .join(", ");
  const [yours, shared] = [names(true), names(false)];
  const wishes = [
    yours && `needs your own credential (${yours}). Add it under ${connections} and call again.`,
    shared && `needs a secret that is not set. Ask an admin to set ${shared} of server "${server}" in Aerostack.`,
  ];
  return wishes
    .filter(Boolean)
    .map((wish) => `The server "${server}" ${wish}`)
    .join(" ");
}
