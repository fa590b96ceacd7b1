import type { Client } from "../client";
import { ASK, dollar, headers, home, servers, typed, VARIABLE } from "./shapes";

/** Command lines. */
export const TERMINALS: Client[] = [
  {
    id: "claude-code",
    name: "Claude Code",
    group: "CLI",
    icon: "claudecode",
    ways: ["token", "variable", "sign-in"],
    file: { at: ".mcp.json", project: ".mcp.json", format: "json" },
    config: (connection) => servers(connection, typed("http", connection)),
    variable: { reference: dollar(VARIABLE), kept: "environment" },
    command: ({ slug, url, authorization }, way, quote) =>
      way === "variable"
        ? null
        : `claude mcp add --scope user --transport http ${slug} ${url}${authorization === null ? "" : ` --header ${quote(`Authorization: ${authorization}`)}`}`,
    steps: {
      token: [
        "Run the command once, or save the file in one project.",
        "`claude mcp list` shows the workspace as connected.",
        ASK,
      ],
      variable: [
        "Set the variable, save the file in the project, and start `claude` there.",
        "`claude mcp list` shows the workspace as connected.",
        ASK,
      ],
      "sign-in": [
        "Run the command, then `/mcp` in Claude Code, and choose Authenticate.",
        "The browser asks you to allow it.",
        ASK,
      ],
    },
  },
  {
    id: "gemini-cli",
    name: "Gemini CLI",
    group: "CLI",
    icon: "googlegemini",
    ways: ["token", "variable", "sign-in"],
    file: { at: home(".gemini/settings.json"), project: ".gemini/settings.json", format: "json" },
    config: (connection) => servers(connection, { httpUrl: connection.url, ...headers(connection) }),
    variable: { reference: `$${VARIABLE}`, kept: "environment" },
    command: ({ slug, url, authorization }, way, quote) =>
      way === "variable"
        ? null
        : `gemini mcp add -t http ${slug} ${url}${authorization === null ? "" : ` --header ${quote(`Authorization: ${authorization}`)}`}`,
    steps: {
      token: ["Run the command, or add the lines to the settings file.", "`/mcp` in Gemini CLI lists the tools.", ASK],
      variable: [
        "Set the variable, add the lines to the settings file, and start Gemini CLI in the same terminal.",
        "`/mcp` lists the tools.",
        ASK,
      ],
      "sign-in": [
        "Run the command, then `/mcp auth` and the workspace's name in Gemini CLI.",
        "The browser asks you to allow it.",
        ASK,
      ],
    },
    limits: ["Names of tools longer than 63 characters are cut in the middle. Ours are shortened to 45 before."],
  },
  {
    id: "codex",
    name: "Codex",
    also: ["OpenAI", "Codex CLI", "Codex IDE"],
    group: "CLI",
    icon: null,
    ways: ["variable", "token", "sign-in"],
    file: { at: home(".codex/config.toml"), project: ".codex/config.toml", format: "toml" },
    config: ({ slug, url, authorization }) =>
      [
        `[mcp_servers.${JSON.stringify(slug)}]`,
        `url = ${JSON.stringify(url)}`,
        ...(authorization === null
          ? []
          : authorization === `Bearer ${VARIABLE}`
            ? [`bearer_token_env_var = ${JSON.stringify(VARIABLE)}`]
            : [`http_headers = { "Authorization" = ${JSON.stringify(authorization)} }`]),
      ].join("\n"),
    variable: { reference: VARIABLE, kept: "environment" },
    command: ({ slug, url }, way) =>
      way === "variable"
        ? `codex mcp add ${slug} --url ${url} --bearer-token-env-var ${VARIABLE}`
        : way === "sign-in"
          ? `codex mcp add ${slug} --url ${url} && codex mcp login ${slug}`
          : null,
    steps: {
      variable: [
        "Set the variable, run the command (or add the lines to the file), and start Codex in the same terminal.",
        "`codex mcp list` shows the workspace.",
        ASK,
      ],
      token: ["Add the lines to the file.", "`codex mcp list` shows the workspace.", ASK],
      "sign-in": ["Run the command; the browser asks you to allow it.", "`codex mcp list` shows the workspace.", ASK],
    },
    limits: ["In a project the file is read only once you trust that project."],
  },
  {
    id: "copilot-cli",
    name: "GitHub Copilot CLI",
    group: "CLI",
    icon: "github",
    ways: ["token"],
    file: { at: home(".copilot/mcp-config.json"), format: "json" },
    config: (connection) => servers(connection, { ...typed("http", connection), tools: ["*"] }),
    steps: { token: ["Save the file.", "`/mcp show` in Copilot CLI lists the workspace.", ASK] },
    limits: [
      "Its command `copilot mcp add` takes no header, so the file is the way. Whether it can sign in is not known.",
    ],
  },
  {
    id: "opencode",
    name: "OpenCode",
    group: "CLI",
    icon: null,
    ways: ["token", "sign-in"],
    file: { at: home(".config/opencode/opencode.json"), format: "json" },
    config: (connection) => ({
      $schema: "https://opencode.ai/config.json",
      mcp: { [connection.slug]: { ...typed("remote", connection), enabled: true } },
    }),
    steps: {
      token: ["Add the lines to the file.", "`opencode mcp list` shows the workspace as connected.", ASK],
      "sign-in": [
        "Add the lines to the file, then run `opencode mcp auth` and the workspace's name.",
        "Allow it in the browser.",
        ASK,
      ],
    },
  },
];
