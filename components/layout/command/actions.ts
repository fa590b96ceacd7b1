import { Copy, FileDown, KeyRound, type LucideIcon, MailPlus, Plus, ServerCog } from "lucide-react";
import type { System } from "@/components/connect/client";
import { CLIENTS } from "@/components/connect/clients";
import { guideOf } from "@/components/connect/guide";
import { allows, type PermissionName } from "@/lib/access/permissions";
import { paths } from "@/lib/paths";
import type { WorkspaceChoice } from "../workspace-switcher";

/** Something to do in a workspace: a page to open, or a text to copy. */
export interface PaletteAction {
  title: string;
  icon: LucideIcon;
  keywords: string[];
  href?: string;
  /** What is copied, with the token's place left open. */
  copy?: string;
}

/** Clients whose configuration can be copied from the palette; the rest is on the connect page. */
const COPIED = ["claude-code", "cursor", "vscode", "codex", "gemini-cli", "claude-desktop"];

/** What the reader's role may do from anywhere. */
export function workspaceActions(workspace: WorkspaceChoice): PaletteAction[] {
  const { slug, role } = workspace;
  const at = (title: string, icon: LucideIcon, href: string, needs: PermissionName, ...keywords: string[]) => ({
    title,
    icon,
    href,
    needs,
    keywords,
  });
  const pages = [
    at("Create token", KeyRound, `${paths.tokens(slug)}?new=1`, "token.own", "new", "mint"),
    at("Export calls", FileDown, paths.exports(slug), "call.read_own", "csv", "download"),
    at("Add server", ServerCog, paths.newServer(slug), "server.manage", "new", "proxy"),
    at("New function", Plus, paths.newFunction(slug), "function.manage", "create"),
    at("Invite members", MailPlus, paths.members(slug), "member.manage", "people"),
  ];
  return [
    ...pages.filter(({ needs }) => allows(role, needs)),
    ...(allows(role, "gateway.use") ? configs(workspace) : []),
  ];
}

function configs({ slug, sseUrl, mcpUrl }: WorkspaceChoice): PaletteAction[] {
  const target = { slug, tokenUrl: sseUrl, signInUrl: mcpUrl, token: null };
  return CLIENTS.filter(({ id }) => COPIED.includes(id)).flatMap((client) => {
    const [way = "token"] = client.ways;
    const snippet = guideOf(client, way, systemHere(), target).snippets[0];
    if (!snippet) return [];
    const keywords = ["connect", "snippet", "mcp", ...(client.also ?? [])];
    return [{ title: `Copy config for ${client.name}`, icon: Copy, keywords, copy: snippet.code }];
  });
}

/** The system of this browser, as the connect page guesses it. */
function systemHere(): System {
  const { userAgent } = navigator;
  return /mac/i.test(userAgent) ? "mac" : /win/i.test(userAgent) ? "windows" : "linux";
}
