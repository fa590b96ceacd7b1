import type { Client } from "../client";
import { cursorLink, kiroLink, vscodeLink } from "../deep-links";
import {
  ASK,
  asIs,
  dollar,
  home,
  plain,
  servers,
  serverUrl,
  typed,
  VARIABLE,
  VSCODE_INPUT_ID,
  vscodeInputs,
  vscodeServer,
} from "./shapes";

/** Editors. */
export const EDITORS: Client[] = [
  {
    id: "cursor",
    name: "Cursor",
    group: "IDE",
    icon: "cursor",
    ways: ["token", "variable", "sign-in"],
    file: { at: home(".cursor/mcp.json"), project: ".cursor/mcp.json", format: "json" },
    config: asIs,
    variable: { reference: dollar(`env:${VARIABLE}`), kept: "environment" },
    link: { label: "Add to Cursor", href: (connection) => cursorLink(connection.slug, plain(connection)) },
    steps: {
      token: [
        "Save the file, or use the link and confirm with Install.",
        "Settings, then Tools & MCP, shows a green dot.",
        ASK,
      ],
      variable: [
        "Set the variable, then start Cursor anew: it reads its environment once.",
        "Use the link, or save the file. Tools & MCP in the settings shows a green dot.",
        ASK,
      ],
      "sign-in": [
        "Use the link, or save the file.",
        "Settings, then Tools & MCP, offers Connect: allow it in the browser.",
        ASK,
      ],
    },
  },
  {
    id: "vscode",
    name: "VS Code",
    also: ["Copilot", "Visual Studio Code"],
    group: "IDE",
    icon: null,
    ways: ["variable", "token", "sign-in"],
    file: { at: ".vscode/mcp.json", project: ".vscode/mcp.json", format: "json" },
    config: (connection) => ({ ...vscodeInputs(connection), servers: { [connection.slug]: vscodeServer(connection) } }),
    variable: { reference: dollar(`input:${VSCODE_INPUT_ID}`), kept: "prompt" },
    link: {
      label: "Install in VS Code",
      href: (connection) =>
        vscodeLink({ name: connection.slug, ...vscodeServer(connection), ...vscodeInputs(connection) }),
    },
    command: (connection, _, quote) =>
      `code --add-mcp ${quote(JSON.stringify({ name: connection.slug, ...vscodeServer(connection), ...vscodeInputs(connection) }))}`,
    steps: {
      token: ["Save the file, or run the command.", "In agent mode, open Tools: the workspace is among them.", ASK],
      variable: [
        "Use the link, or save the file.",
        "Paste the token when VS Code asks for it; it keeps it for you.",
        "In agent mode, open Tools and use one of them.",
      ],
      "sign-in": ["Use the link, or save the file.", "VS Code asks to sign in: allow it in the browser.", ASK],
    },
    limits: ["For all projects: run the command “MCP: Open User Configuration” and save the same text there."],
  },
  {
    id: "windsurf",
    name: "Windsurf",
    also: ["Devin Desktop", "Codeium", "Cascade"],
    group: "IDE",
    icon: "windsurf",
    ways: ["token"],
    file: { at: home(".codeium/windsurf/mcp_config.json"), format: "json" },
    config: serverUrl,
    steps: {
      token: [
        "In Cascade, open the plugins, then Configure, and save this there.",
        "Press Refresh: the tools appear.",
        ASK,
      ],
    },
    limits: ["Signing in works in part only, so a token is the sure way. Newer versions are named Devin Desktop."],
  },
  {
    id: "zed",
    name: "Zed",
    group: "IDE",
    icon: "zedindustries",
    ways: ["token", "sign-in"],
    file: {
      at: {
        mac: "~/.config/zed/settings.json",
        linux: "~/.config/zed/settings.json",
        windows: "%APPDATA%\\Zed\\settings.json",
      },
      format: "json",
    },
    config: (connection) => ({ context_servers: { [connection.slug]: plain(connection) } }),
    steps: {
      token: ["Add the lines to the settings.", "The agent panel's settings show a green dot at the workspace.", ASK],
      "sign-in": [
        "Add the lines to the settings. Without a header Zed asks you to sign in.",
        "Allow it in the browser.",
        ASK,
      ],
    },
  },
  {
    id: "cline",
    name: "Cline",
    group: "IDE",
    icon: "cline",
    ways: ["token"],
    file: { at: "cline_mcp_settings.json", format: "json" },
    config: (connection) =>
      servers(connection, { ...typed("streamableHttp", connection), disabled: false, autoApprove: [] }),
    steps: {
      token: [
        "In Cline: MCP Servers, then Configure. Save this in the file that opens.",
        "The workspace shows a green dot.",
        ASK,
      ],
    },
    limits: [
      "The type must be written streamableHttp, or Cline falls back to the old transport. Whether it can sign in is not known.",
    ],
  },
  {
    id: "continue",
    name: "Continue",
    group: "IDE",
    icon: null,
    ways: ["token", "variable"],
    file: { at: home(".continue/config.yaml"), project: ".continue/mcpServers/aerostack.yaml", format: "yaml" },
    config: ({ slug, url, authorization }) => ({
      mcpServers: [
        {
          name: slug,
          type: "streamable-http",
          url,
          ...(authorization === null ? {} : { requestOptions: { headers: { Authorization: authorization } } }),
        },
      ],
    }),
    variable: { reference: `\${{ secrets.${VARIABLE} }}`, kept: "secrets" },
    steps: {
      token: ["Add the lines to the file.", "Open agent mode: Continue uses tools only there.", ASK],
      variable: [
        `Put the token among Continue's secrets as ${VARIABLE}.`,
        "Add the lines to the file and open agent mode: Continue uses tools only there.",
        ASK,
      ],
    },
    limits: ["Its maker does not document the name of the header setting. If nothing comes through, use mcp-remote."],
  },
  {
    id: "kiro",
    name: "Kiro",
    group: "IDE",
    icon: null,
    ways: ["token", "sign-in"],
    file: { at: home(".kiro/settings/mcp.json"), project: ".kiro/settings/mcp.json", format: "json" },
    config: asIs,
    link: {
      label: "Add to Kiro",
      // By way of Kiro's site: a token would be in its log.
      href: ({ slug, url }, way) =>
        way === "sign-in" ? kiroLink(slug, { url, disabled: false, autoApprove: [] }) : null,
    },
    steps: {
      token: ["Save the file.", "The MCP view lists the tools of the workspace.", ASK],
      "sign-in": ["Use the link (it goes by way of kiro.dev), or save the file.", "Allow it in the browser.", ASK],
    },
  },
  {
    id: "antigravity",
    name: "Google Antigravity",
    group: "IDE",
    icon: null,
    ways: ["token"],
    file: { at: home(".gemini/antigravity/mcp_config.json"), format: "json" },
    config: serverUrl,
    steps: { token: ["Save the file.", "Refresh the list of MCP servers.", ASK] },
    limits: ["Whether it can sign in is not known."],
  },
];
