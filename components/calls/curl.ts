interface CurlCall {
  /** Where the workspace takes Streamable HTTP. */
  mcpUrl: string;
  /** MCP method; a tool's call where absent. */
  method?: string;
  /** `slug__tool`, or a resource's URI, as clients name it. */
  name: string;
  /** JSON text of the arguments; null: unknown, an empty object stands in. */
  args: string | null;
}

/** For a POSIX shell: nothing inside means anything to it. */
const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** A command that makes the same call. The token is the shell's `$AEROSTACK_TOKEN`; this never holds one. */
export function curlOf({ mcpUrl, method = "tools/call", name, args }: CurlCall): string {
  const params =
    method === "resources/read"
      ? `{"uri":${JSON.stringify(name)}}`
      : `{"name":${JSON.stringify(name)},"arguments":${args ?? "{}"}}`;
  const body = `{"jsonrpc":"2.0","id":1,"method":${JSON.stringify(method)},"params":${params}}`;
  return [
    `curl -sS ${quote(mcpUrl)}`,
    `-H "Authorization: Bearer $AEROSTACK_TOKEN"`,
    `-H 'Content-Type: application/json'`,
    `-H 'Accept: application/json'`,
    `-d ${quote(body)}`,
  ].join(" \\\n  ");
}
