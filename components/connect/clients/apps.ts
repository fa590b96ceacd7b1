import type { Client } from "../client";
import { gooseLink, lmStudioLink } from "../deep-links";
import { ASK, asIs, BRIDGE_LIMIT, bridge, headers, home, plain } from "./shapes";

/** Desktop and web programs, and the way for everything else. */
export const APPS: Client[] = [
  {
    id: "goose",
    name: "Goose",
    also: ["Block"],
    group: "Desktop",
    icon: null,
    ways: ["token", "sign-in"],
    file: {
      at: {
        mac: "~/.config/goose/config.yaml",
        linux: "~/.config/goose/config.yaml",
        windows: "%APPDATA%\\Block\\goose\\config\\config.yaml",
      },
      format: "yaml",
    },
    config: ({ slug, url, ...connection }) => ({
      extensions: {
        [slug]: {
          enabled: true,
          type: "streamable_http",
          name: slug,
          uri: url,
          ...headers({ slug, url, ...connection }),
          timeout: 300,
        },
      },
    }),
    link: { label: "Add to Goose", href: ({ slug, url, authorization }) => gooseLink(slug, url, authorization) },
    steps: {
      token: ["Add the lines to the file, or use the link.", "The extensions list the workspace as on.", ASK],
      "sign-in": [
        "Use the link, or add the lines to the file.",
        "Allow it in the browser when Goose first uses a tool.",
        ASK,
      ],
    },
  },
  {
    id: "lm-studio",
    name: "LM Studio",
    group: "Desktop",
    icon: "lmstudio",
    ways: ["token", "sign-in"],
    file: { at: home(".lmstudio/mcp.json"), format: "json" },
    config: asIs,
    link: { label: "Add to LM Studio", href: (connection) => lmStudioLink(connection.slug, plain(connection)) },
    steps: {
      token: [
        "In LM Studio: Program, Install, Edit mcp.json. Save this there, or use the link.",
        "Switch the workspace on in a chat.",
        ASK,
      ],
      "sign-in": ["Use the link, or save the file.", "Allow it in the browser.", ASK],
    },
    limits: ["LM Studio speaks MCP since version 0.3.17."],
  },
  {
    id: "claude-desktop",
    name: "Claude Desktop, by file",
    also: ["Anthropic"],
    group: "Desktop",
    icon: "claude",
    ways: ["token", "sign-in"],
    file: {
      at: {
        mac: "~/Library/Application Support/Claude/claude_desktop_config.json",
        windows: "%APPDATA%\\Claude\\claude_desktop_config.json",
        linux: null,
      },
      format: "json",
    },
    config: bridge,
    steps: {
      token: ["In Claude: Settings, Developer, Edit Config. Save this there.", "Quit Claude and start it again.", ASK],
      "sign-in": [
        "In Claude: Settings, Developer, Edit Config. Save this there.",
        "Quit Claude and start it again: the browser asks you to allow it.",
        ASK,
      ],
    },
    limits: [
      "The file takes no remote address of its own, hence the bridge. Connectors need none: choose Claude, below Web.",
      BRIDGE_LIMIT,
    ],
  },
  {
    id: "claude-ai",
    name: "Claude",
    also: ["claude.ai", "Claude Desktop connectors", "Anthropic"],
    group: "Web",
    icon: "claude",
    ways: ["sign-in"],
    config: ({ url }) => url,
    steps: {
      "sign-in": [
        "In Claude: Settings, Connectors, Add custom connector. Paste the URL; leave the OAuth fields empty.",
        "Choose Connect and allow it in the browser.",
        "In a chat, switch the connector on and ask for one of the tools.",
      ],
    },
    limits: [
      "It takes no token in a header: signing in is the only way.",
      "On Team and Enterprise plans only owners add connectors.",
    ],
    fromOutside: true,
  },
  {
    id: "chatgpt",
    name: "ChatGPT",
    also: ["OpenAI"],
    group: "Web",
    icon: null,
    ways: ["sign-in"],
    config: ({ url }) => url,
    steps: {
      "sign-in": [
        "In ChatGPT: Settings, Apps, Advanced settings, switch Developer mode on, then Create app.",
        "Paste the URL, choose OAuth, and allow it in the browser.",
        "In a chat, choose the app and ask for one of the tools.",
      ],
    },
    limits: [
      "It takes no token in a header: signing in is the only way.",
      "What apps may do depends on the plan; OpenAI's help pages say which.",
    ],
    fromOutside: true,
  },
  {
    id: "mcp-remote",
    name: "Any other client",
    also: ["mcp-remote", "stdio", "bridge"],
    group: "Other",
    icon: "modelcontextprotocol",
    ways: ["token", "sign-in"],
    file: { at: "the client's MCP settings", format: "json" },
    config: bridge,
    steps: {
      token: [
        "A client that takes a URL and a header needs no more than these two.",
        "One that only starts programs takes the lines as they are.",
        ASK,
      ],
      "sign-in": [
        "A client that signs in by itself needs the URL only. One that only starts programs takes the lines as they are.",
        "The browser asks you to allow it.",
        ASK,
      ],
    },
    limits: [
      BRIDGE_LIMIT,
      "For an address without https, other than this machine's own, add --allow-http to the arguments.",
    ],
  },
];
