/** Base64 of the text's UTF-8 bytes. `btoa` alone throws above U+00FF and writes Latin-1 below it. */
export function base64Utf8(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(""));
}

const named = (base: string, name: string, config: string): string =>
  `${base}?name=${encodeURIComponent(name)}&config=${encodeURIComponent(config)}`;

/** Cursor's install link: `config` is the inner object (no `mcpServers`, no name), base64, then percent-encoded since `+` and `/` occur. */
export const cursorLink = (name: string, config: unknown): string =>
  named("cursor://anysphere.cursor-deeplink/mcp/install", name, base64Utf8(JSON.stringify(config)));

/** LM Studio's: Cursor's notation under an address of its own. */
export const lmStudioLink = (name: string, config: unknown): string =>
  named("lmstudio://add_mcp", name, base64Utf8(JSON.stringify(config)));

/** Kiro's: plain JSON, not base64. */
export const kiroLink = (name: string, config: unknown): string =>
  named("https://kiro.dev/launch/mcp/add", name, JSON.stringify(config));

/** VS Code's install link: the whole query is the JSON; name and inputs lie inside it. */
export function vscodeLink(config: unknown): string {
  return `vscode:mcp/install?${encodeURIComponent(JSON.stringify(config))}`;
}

/** Goose's: everything in the query; a header is written `Name=Value`. */
export function gooseLink(name: string, url: string, authorization: string | null): string {
  const fields: [string, string][] = [
    ["type", "streamable_http"],
    ["url", url],
    ["id", name],
    ["name", name],
    ["description", `Tools of the workspace ${name}`],
    ...(authorization === null ? [] : [["header", `Authorization=${authorization}`] as [string, string]]),
  ];
  return `goose://extension?${fields.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join("&")}`;
}
