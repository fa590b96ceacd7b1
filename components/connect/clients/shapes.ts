import type { Connection } from "../client";

/** Name of the variable that holds the token where it is kept apart. */
export const VARIABLE = "AEROSTACK_TOKEN";
export const VSCODE_INPUT_ID = "aerostack_token";
/** `${name}`, which the client fills in. */
export const dollar = (name: string) => `\${${name}}`;

export const headers = ({ authorization }: Connection) =>
  authorization === null ? {} : { headers: { Authorization: authorization } };
export const servers = ({ slug }: Connection, config: object) => ({ mcpServers: { [slug]: config } });
export const plain = (connection: Connection) => ({ url: connection.url, ...headers(connection) });
export const asIs = (connection: Connection) => servers(connection, plain(connection));
/** Windsurf and its kin call the address so. */
export const serverUrl = (connection: Connection) =>
  servers(connection, { serverUrl: connection.url, ...headers(connection) });
export const typed = (type: string, connection: Connection) => ({ type, ...plain(connection) });
/** A bridge for clients that only start programs. No blank after "Authorization:": some clients break arguments there. */
export const bridge = (connection: Connection) =>
  servers(connection, {
    command: "npx",
    args: [
      "-y",
      "mcp-remote",
      connection.url,
      ...(connection.authorization === null ? [] : ["--header", `Authorization:${dollar("AUTH_HEADER")}`]),
    ],
    ...(connection.authorization === null ? {} : { env: { AUTH_HEADER: connection.authorization } }),
  });
export const vscodeServer = (connection: Connection) => typed("http", connection);
export const vscodeInputs = ({ authorization }: Connection) =>
  authorization?.includes(dollar(`input:${VSCODE_INPUT_ID}`))
    ? {
        inputs: [
          { type: "promptString", id: VSCODE_INPUT_ID, description: "Workspace token (mwt_...)", password: true },
        ],
      }
    : {};
export const home = (path: string) => ({
  mac: `~/${path}`,
  linux: `~/${path}`,
  windows: `%USERPROFILE%\\${path.replaceAll("/", "\\")}`,
});

export const ASK = "Ask for something that one of the tools can do.";
export const BRIDGE_LIMIT =
  "The bridge mcp-remote is a program of Node.js, which must be installed. Its author calls it experimental.";
