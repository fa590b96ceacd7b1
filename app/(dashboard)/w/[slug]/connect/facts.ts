import { headers } from "next/headers";
import type { System } from "@/components/connect/client";
import type { OwnToken } from "@/components/connect/token-step";
import { allows } from "@/lib/access/permissions";
import type { WorkspaceCtx } from "@/lib/services/context";
import { listTokens } from "@/lib/services/token/list";
import { RUN_TOKEN_NAME } from "@/lib/services/token/schemas";
import { listAllTools } from "@/lib/services/tool/list-all";
import type { WorkspaceTool } from "@/lib/services/tool/view";
import { getWorkspace } from "@/lib/services/workspace/get";

/** What the connect page and the set-up both show. */
export interface ConnectFacts {
  slug: string;
  tokenUrl: string;
  signInUrl: string;
  localOnly: boolean;
  own: OwnToken[];
  system: System;
  /** Now, by the server's clock. */
  since: string;
  canInvite: boolean;
  /** Tools that can be run now. */
  tools: WorkspaceTool[];
}

const LOCAL =
  /^(?:localhost|127\.|\[::1\]$|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|.*\.(?:local|internal|localhost)$)/;

/** For the pages that connect a client. The system is the browser's own word; people can change it. */
export async function connectFacts(ctx: WorkspaceCtx): Promise<ConnectFacts> {
  const [{ mcpUrl, sseUrl }, tokens, tools] = await Promise.all([
    getWorkspace(ctx),
    listTokens(ctx, { member: ctx.memberId }),
    listAllTools(ctx),
  ]);
  return {
    slug: ctx.workspace.slug,
    tokenUrl: sseUrl,
    signInUrl: mcpUrl,
    localOnly: LOCAL.test(new URL(mcpUrl).hostname) || !mcpUrl.startsWith("https:"),
    own: tokens
      .filter(({ status, name }) => status === "active" && name !== RUN_TOKEN_NAME)
      .map(({ id, name, prefix }) => ({ id, name, prefix })),
    system: systemOf((await headers()).get("user-agent") ?? ""),
    since: ctx.now().toISOString(),
    canInvite: allows(ctx.role, "member.manage"),
    tools: tools.filter(({ enabled, listed, server }) => enabled && listed && server.enabled),
  };
}

const systemOf = (userAgent: string): System =>
  /windows/i.test(userAgent) ? "windows" : /mac os|iphone|ipad/i.test(userAgent) ? "mac" : "linux";
