import type { Client, Way } from "./client";

interface Situation {
  client: Client;
  way: Way;
  /** The client came in, but made no call. */
  seen: boolean;
  hasTool: boolean;
  /** No token of the chosen kind is at hand: snippets show a placeholder. */
  placeholder: boolean;
  localOnly: boolean;
}

/** What most often is the matter when nothing arrives, likeliest first, for the client at hand. */
export function likelyFaults({ client, way, seen, hasTool, placeholder, localOnly }: Situation): string[] {
  const { name, file, variable, fromOutside } = client;
  if (seen)
    return [
      ...(hasTool ? [] : ["No tool of this workspace is on: add a server, or switch one on."]),
      `${name} is connected, so all that is missing is a question. Ask for something that one of the tools can do.`,
      `${name} may want to be asked by the tool's name, or let you switch tools on first.`,
    ];
  return [
    ...(fromOutside && localOnly
      ? ["The address leads to this machine only; its maker's servers cannot reach it."]
      : []),
    ...(file ? [`${name} reads its file at its start: quit it and start it again.`] : []),
    ...(way === "token" && placeholder ? ["The token in the file is still mwt_your_token."] : []),
    ...(way === "variable" && variable?.kept === "environment"
      ? ["The variable AEROSTACK_TOKEN is not set where the client runs: start it from the terminal that has it."]
      : []),
    ...(way === "variable" && variable?.kept === "prompt"
      ? [`${name} has not asked for the token yet: start the server in it.`]
      : []),
    ...(way === "sign-in"
      ? [
          "The sign-in in the browser was not finished, or was allowed for another workspace.",
          "The URL must end in /mcp: the one in /sse offers no sign-in.",
        ]
      : ["The URL must end in /sse: at /mcp some clients start a sign-in instead of sending the token."]),
    ...(hasTool ? [] : ["No tool of this workspace is on, so there is nothing to call."]),
  ];
}
