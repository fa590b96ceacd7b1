/** Base64 of the text's UTF-8 bytes. `btoa` alone throws above U+00FF and writes Latin-1 below it. */
export function base64Utf8(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(""));
}

/** Cursor's install link: `config` is the inner object (no `mcpServers`, no name), base64, then percent-encoded since `+` and `/` occur. */
export function cursorLink(name: string, config: unknown): string {
  const encoded = encodeURIComponent(base64Utf8(JSON.stringify(config)));
  return `cursor://anysphere.cursor-deeplink/mcp/install?name=${encodeURIComponent(name)}&config=${encoded}`;
}

/** VS Code's install link: the whole query is the JSON; name and inputs lie inside it. */
export function vscodeLink(config: unknown): string {
  return `vscode:mcp/install?${encodeURIComponent(JSON.stringify(config))}`;
}
