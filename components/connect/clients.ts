import { cursorLink, vscodeLink } from "./deep-links";

/** What a client needs to reach a workspace; `token` null: not minted here, snippets show a placeholder. */
export interface ConnectTarget {
  slug: string;
  mcpUrl: string;
  sseUrl: string;
  token: string | null;
}

/** One thing to paste: a command, or the content of a file. */
export interface Snippet {
  title: string;
  language: "json" | "shell";
  code: string;
}

/** How to connect one MCP client. Facts as published by the vendors, November 2026. */
export interface ClientGuide {
  id: string;
  name: string;
  kind: string;
  snippets(target: ConnectTarget): Snippet[];
  /** Null where the link would need a token that is not at hand. A link with a token is offered after a second click only. */
  link?(target: ConnectTarget): { label: string; href: string; holdsToken: boolean } | null;
  /** What to do and see afterwards, in order. */
  steps: string[];
}

const PLACEHOLDER = "mwt_your_token";
const bearer = (target: ConnectTarget) => `Bearer ${target.token ?? PLACEHOLDER}`;
/** `${name}`, which the client fills in. */
const variable = (name: string) => `\${${name}}`;
const json = (value: unknown) => JSON.stringify(value, null, 2);
const server = (slug: string, config: unknown) => json({ mcpServers: { [slug]: config } });

const VSCODE_INPUT = {
  type: "promptString",
  id: "aerostack_token",
  description: "Workspace token (mwt_...)",
  password: true,
};
const vscodeServer = (target: ConnectTarget) => ({
  type: "http",
  url: target.mcpUrl,
  headers: { Authorization: `Bearer ${variable("input:aerostack_token")}` },
});

/** The clients of the picker, most used first. */
export const CLIENTS: ClientGuide[] = [
  {
    id: "claude-code",
    name: "Claude Code",
    kind: "Terminal",
    snippets: (target) => [
      {
        title: "Terminal",
        language: "shell",
        code: `claude mcp add --scope user --transport http ${target.slug} ${target.mcpUrl} --header "Authorization: ${bearer(target)}"`,
      },
      {
        title: ".mcp.json (for one project)",
        language: "json",
        code: server(target.slug, {
          type: "http",
          url: target.mcpUrl,
          headers: { Authorization: `Bearer ${variable("AEROSTACK_TOKEN")}` },
        }),
      },
    ],
    steps: [
      "Run the command once.",
      "`claude mcp list` shows the workspace as connected.",
      "Ask Claude to use one of the tools.",
    ],
  },
  {
    id: "cursor",
    name: "Cursor",
    kind: "Editor",
    snippets: (target) => [
      {
        title: "~/.cursor/mcp.json",
        language: "json",
        code: server(target.slug, { url: target.mcpUrl, headers: { Authorization: bearer(target) } }),
      },
    ],
    link: (target) =>
      target.token === null
        ? null
        : {
            label: "Add to Cursor",
            href: cursorLink(target.slug, { url: target.mcpUrl, headers: { Authorization: bearer(target) } }),
            holdsToken: true,
          },
    steps: [
      "Save the file, or use the link and confirm with Install.",
      "Settings, then Tools & MCP, shows a green dot.",
      "Ask the agent to use one of the tools.",
    ],
  },
  {
    id: "vscode",
    name: "VS Code",
    kind: "Editor",
    snippets: (target) => [
      {
        title: ".vscode/mcp.json",
        language: "json",
        code: json({ inputs: [VSCODE_INPUT], servers: { [target.slug]: vscodeServer(target) } }),
      },
    ],
    link: (target) => ({
      label: "Install in VS Code",
      href: vscodeLink({ name: target.slug, ...vscodeServer(target), inputs: [VSCODE_INPUT] }),
      holdsToken: false,
    }),
    steps: [
      "Use the link, or save the file.",
      "Paste the token when VS Code asks for it; it keeps it for you.",
      "In agent mode, open Tools and use one of them.",
    ],
  },
  {
    id: "gemini-cli",
    name: "Gemini CLI",
    kind: "Terminal",
    snippets: (target) => [
      {
        title: "Terminal",
        language: "shell",
        code: `gemini mcp add -t http ${target.slug} ${target.mcpUrl} --header "Authorization: ${bearer(target)}"`,
      },
      {
        title: "~/.gemini/settings.json",
        language: "json",
        code: server(target.slug, { httpUrl: target.mcpUrl, headers: { Authorization: bearer(target) } }),
      },
    ],
    steps: [
      "Run the command, or add the lines to the settings file.",
      "`/mcp` in Gemini CLI lists the tools.",
      "Ask Gemini to use one of them.",
    ],
  },
];
