import { paths } from "@/lib/paths";

/** What a class of failure or refusal means, and what to do about it. */
export interface ErrorHelp {
  title: string;
  next: string;
  /** Where that is done. */
  link?: { title: string; href: string };
}

type Where = { slug: string; server: string };
const server = ({ slug, server: name }: Where) =>
  name ? { title: "Open the server", href: paths.server(slug, name) } : undefined;
const functionLog = ({ slug, server: name }: Where) =>
  name ? { title: "Open the function", href: paths.function(slug, name) } : undefined;

const FUNCTION_FAILED = {
  title: "The function gave no answer",
  next: "Its log says why. Roll back to the deployment before, or deploy a mended one.",
};

const HELP: Record<string, { title: string; next: string; link?: (where: Where) => ErrorHelp["link"] }> = {
  unknown_tool: {
    title: "There is no such tool here",
    next: "It was switched off, renamed or taken away by its server, or the client holds an old list. Let the client list the tools anew.",
    link: ({ slug }) => ({ title: "Tools", href: paths.tools(slug) }),
  },
  unknown_prompt: {
    title: "There is no such prompt here",
    next: "It was renamed or taken away by its server, or the client holds an old list. Let the client list the prompts anew.",
    link: server,
  },
  unknown_resource: {
    title: "There is no such resource here",
    next: "No server of this workspace has it. Clients read resources by the address that the list shows, which names the server.",
    link: server,
  },
  no_input: {
    title: "The server asked for something that did not come",
    next: "It wanted an answer of the user, the model's, or a page opened. The client cannot be asked that, or the user declined.",
    link: server,
  },
  tool_scope: {
    title: "This member may not use the tool",
    next: "Add it to the member's tools if they need it.",
    link: ({ slug }) => ({ title: "Members", href: paths.members(slug) }),
  },
  argument_rule: {
    title: "A rule does not allow these arguments",
    next: "The caller was told which one. Loosen the rule if it hits too much; its test box shows what it would do.",
    link: ({ slug }) => ({ title: "Rules", href: paths.rules(slug) }),
  },
  ip_denied: {
    title: "The request came from an address that is not on the list",
    next: "If it is one of yours, add it. If nobody of the team was there, revoke the token: somebody else has it.",
    link: ({ slug }) => ({ title: "Address list", href: `${paths.settings(slug)}#gateway` }),
  },
  missing_secret: {
    title: "A secret that the server needs is not set",
    next: "Set it, or the member's own where the server asks each for theirs.",
    link: ({ slug }) => ({ title: "Secrets", href: paths.secrets(slug) }),
  },
  unauthorized: {
    title: "The server refused the credential",
    next: "It ran out, was taken back, or lacks a right. Replace the secret.",
    link: ({ slug }) => ({ title: "Secrets", href: paths.secrets(slug) }),
  },
  unreachable: {
    title: "The server could not be reached",
    next: "Check its address, and whether it runs.",
    link: server,
  },
  refused_address: {
    title: "The server's address is on a private network",
    next: "The owner of this installation can allow it on the Instance page.",
    link: () => ({ title: "Instance", href: paths.instance }),
  },
  timeout: {
    title: "The server took too long",
    next: "It may still have acted. Ask for less in one call.",
    link: server,
  },
  redirect: {
    title: "The server sent the call elsewhere",
    next: "Give it the address where it ends up.",
    link: server,
  },
  status: {
    title: "The server answered with an HTTP error",
    next: "The status below is its own. Its operator knows more.",
    link: server,
  },
  not_mcp: { title: "The answer was no MCP", next: "Check that the address is the MCP endpoint itself.", link: server },
  too_large: { title: "The answer was too large", next: "Ask for fewer rows or fields. Answers may have 8 MiB." },
  rpc_error: {
    title: "The server refused the call",
    next: "Most often an argument is missing or wrong; the error code below is the server's.",
  },
  tool_error: {
    title: "The tool ran and reported an error",
    next: "Its text is in the result, which the client has seen. Payload capture would keep it here.",
  },
  client_closed: {
    title: "The client went away",
    next: "It was closed or its own time was up; the server may have acted.",
  },
  internal: { title: "Something went wrong in the gateway", next: "Its log has the cause under this call's id." },
  server_error: { ...FUNCTION_FAILED, link: functionLog },
  load_failed: { ...FUNCTION_FAILED, title: "The function could not be loaded", link: functionLog },
  runtime_crashed: { ...FUNCTION_FAILED, title: "The function's process ended", link: functionLog },
  quarantined: { ...FUNCTION_FAILED, title: "The function is paused after repeated crashes", link: functionLog },
  deadline_exceeded: { ...FUNCTION_FAILED, title: "The function took too long", link: functionLog },
  answer_too_large: { ...FUNCTION_FAILED, title: "The function's answer was too large", link: functionLog },
  too_many_requests: { title: "Too many calls at once", next: "Try again shortly, with fewer at a time." },
  no_capacity: { title: "All function processes are busy", next: "Try again shortly." },
};

/** Null for a class that is not known here (a newer gateway wrote it). */
export function errorHelp(errorClass: string | null, where: Where): ErrorHelp | null {
  const help = errorClass !== null && Object.hasOwn(HELP, errorClass) ? HELP[errorClass] : undefined;
  return help ? { title: help.title, next: help.next, link: help.link?.(where) } : null;
}
