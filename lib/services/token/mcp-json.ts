import { paths } from "@/lib/paths";
import type { McpJson } from "./view";

/**
 * What a member pastes into an MCP client. `/mcp` with `type: "http"` is what Claude Code, Cursor and VS Code all
 * take; the workspace's `/sse` URL answers the same.
 */
export function mcpJson(publicUrl: string, slug: string, token: string): McpJson {
  return {
    mcpServers: {
      [slug]: { type: "http", url: paths.gatewayMcp(publicUrl, slug), headers: { Authorization: `Bearer ${token}` } },
    },
  };
}
