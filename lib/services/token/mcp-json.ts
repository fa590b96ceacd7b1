import { paths } from "@/lib/paths";
import type { McpJson } from "./view";

/**
 * What a member pastes into an MCP client. The brief's URL, because it offers no OAuth: beside an offer Cursor would
 * ignore the header. With `type: "http"` it is what Claude Code, Cursor and VS Code all take.
 */
export function mcpJson(publicUrl: string, slug: string, token: string): McpJson {
  return {
    mcpServers: {
      [slug]: { type: "http", url: paths.gatewaySse(publicUrl, slug), headers: { Authorization: `Bearer ${token}` } },
    },
  };
}
