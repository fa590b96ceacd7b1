import { cursorLink, vscodeLink } from "./deep-links";

/** What a client needs to reach a workspace; `token` null: not minted here, snippets show a placeholder. */
export interface ConnectTarget {
  slug: string;
  /** For clients that send the token as a header: answers no OAuth discovery, which some (Cursor) would prefer to the header. */
  tokenUrl: string;
  /** For clients that sign in by OAuth. */
  signInUrl: string;
  token: string | null;
}

/** One thing to paste: a command, or the content of a file. */
export interface Snippet {
  title: string;
  language: "json" | "shell" | "text";
  code: string;
}

/** How a client proves who it works for: a token in its configuration, or the person's sign-in in the browser. */
export type Way = "token" | "sign-in";
export const WAYS: Record<Way, string> = { token: "With a token", "sign-in": "By signing in" };

/** One way to connect a client. */
export interface Guide {
  snippets(target: ConnectTarget): Snippet[];
  /** Null where the link would need a token that is not at hand. A link with a token is offered after a second click only. */
  link?(target: ConnectTarget): { label: string; href: string; holdsToken: boolean } | null;
  /** What to do and see afterwards, in order. */
  steps: string[];
}

/** How to connect one MCP client. Facts as published by the vendors, November 2026. */
export interface Client {
  id: string;
  name: string;
  kind: string;
  /** The first one is suggested. */
  ways: Partial<Record<Way, Guide>>;
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
  url: target.tokenUrl,
  headers: { Authorization: `Bearer ${variable("input:aerostack_token")}` },
});

/** The clients of the picker, most used first. */
export const CLIENTS: Client[] = [
  {
    id: "claude-code",
    name: "Claude Code",
    kind: "Terminal",
    ways: {
      token: {
        snippets: (target) => [
          {
            title: "Terminal",
            language: "shell",
            code: `claude mcp add --scope user --transport http ${target.slug} ${target.tokenUrl} --header "Authorization: ${bearer(target)}"`,
          },
          {
            title: ".mcp.json (for one project)",
            language: "json",
            code: server(target.slug, {
              type: "http",
              url: target.tokenUrl,
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
      "sign-in": {
        snippets: (target) => [
          {
            title: "Terminal",
            language: "shell",
            code: `claude mcp add --scope user --transport http ${target.slug} ${target.signInUrl}`,
          },
        ],
        steps: [
          "Run the command, then `/mcp` in Claude Code, and choose Authenticate.",
          "The browser asks you to allow it.",
          "Ask Claude to use one of the tools.",
        ],
      },
    },
  },
  {
    id: "cursor",
    name: "Cursor",
    kind: "Editor",
    ways: {
      token: {
        snippets: (target) => [
          {
            title: "~/.cursor/mcp.json",
            language: "json",
            code: server(target.slug, { url: target.tokenUrl, headers: { Authorization: bearer(target) } }),
          },
        ],
        link: (target) =>
          target.token === null
            ? null
            : {
                label: "Add to Cursor",
                href: cursorLink(target.slug, { url: target.tokenUrl, headers: { Authorization: bearer(target) } }),
                holdsToken: true,
              },
        steps: [
          "Save the file, or use the link and confirm with Install.",
          "Settings, then Tools & MCP, shows a green dot.",
          "Ask the agent to use one of the tools.",
        ],
      },
      "sign-in": {
        snippets: (target) => [
          { title: "~/.cursor/mcp.json", language: "json", code: server(target.slug, { url: target.signInUrl }) },
        ],
        link: (target) => ({
          label: "Add to Cursor",
          href: cursorLink(target.slug, { url: target.signInUrl }),
          holdsToken: false,
        }),
        steps: [
          "Use the link, or save the file.",
          "Settings, then Tools & MCP, offers Connect: allow it in the browser.",
        ],
      },
    },
  },
  {
    id: "vscode",
    name: "VS Code",
    kind: "Editor",
    ways: {
      token: {
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
      "sign-in": {
        snippets: (target) => [
          {
            title: ".vscode/mcp.json",
            language: "json",
            code: json({ servers: { [target.slug]: { type: "http", url: target.signInUrl } } }),
          },
        ],
        link: (target) => ({
          label: "Install in VS Code",
          href: vscodeLink({ name: target.slug, type: "http", url: target.signInUrl }),
          holdsToken: false,
        }),
        steps: ["Use the link, or save the file.", "VS Code asks to sign in: allow it in the browser."],
      },
    },
  },
  {
    id: "gemini-cli",
    name: "Gemini CLI",
    kind: "Terminal",
    ways: {
      token: {
        snippets: (target) => [
          {
            title: "Terminal",
            language: "shell",
            code: `gemini mcp add -t http ${target.slug} ${target.tokenUrl} --header "Authorization: ${bearer(target)}"`,
          },
          {
            title: "~/.gemini/settings.json",
            language: "json",
            code: server(target.slug, { httpUrl: target.tokenUrl, headers: { Authorization: bearer(target) } }),
          },
        ],
        steps: [
          "Run the command, or add the lines to the settings file.",
          "`/mcp` in Gemini CLI lists the tools.",
          "Ask Gemini to use one of them.",
        ],
      },
      "sign-in": {
        snippets: (target) => [
          { title: "Terminal", language: "shell", code: `gemini mcp add -t http ${target.slug} ${target.signInUrl}` },
        ],
        steps: [
          "Run the command, then `/mcp auth` and the workspace's name in Gemini CLI.",
          "The browser asks you to allow it.",
          "Ask Gemini to use one of the tools.",
        ],
      },
    },
  },
  {
    id: "claude-ai",
    name: "Claude",
    kind: "Web and desktop",
    ways: {
      "sign-in": {
        snippets: (target) => [{ title: "Remote MCP server URL", language: "text", code: target.signInUrl }],
        steps: [
          "In Claude: Settings, Connectors, Add custom connector. Paste the URL; leave the OAuth fields empty.",
          "Choose Connect and allow it in the browser. Claude's servers must be able to reach this address by https.",
          "In a chat, switch the connector on and ask for one of the tools.",
        ],
      },
    },
  },
  {
    id: "chatgpt",
    name: "ChatGPT",
    kind: "Web and desktop",
    ways: {
      "sign-in": {
        snippets: (target) => [{ title: "MCP Server URL", language: "text", code: target.signInUrl }],
        steps: [
          "In ChatGPT: Settings, Apps, Advanced settings, switch Developer mode on, then Create app.",
          "Paste the URL, choose OAuth, and allow it in the browser. ChatGPT's servers must be able to reach this address by https.",
          "In a chat, choose the app and ask for one of the tools.",
        ],
      },
    },
  },
];
