import type { Metadata } from "next";
import type { WorkspacePage } from "@/app/page-props";
import { TokenManager } from "@/components/tokens/token-manager";
import { requireWorkspaceCtx } from "@/lib/auth/context";
import { listMembers } from "@/lib/services/member/list";
import { listTokens } from "@/lib/services/token/list";
import { createTokenAction, revokeTokenAction } from "./actions";

export const metadata: Metadata = { title: "Tokens" };

export default async function TokensPage({ params }: WorkspacePage) {
  const { slug } = await params;
  const ctx = await requireWorkspaceCtx(slug);
  const ownOnly = ctx.role === "member";
  const [tokens, members] = await Promise.all([listTokens(ctx), ownOnly ? [] : listMembers(ctx)]);
  return (
    <TokenManager
      slug={slug}
      tokens={tokens}
      ownOnly={ownOnly}
      memberNames={members.map((member) => member.name)}
      onCreate={createTokenAction.bind(null, slug)}
      onRevoke={revokeTokenAction.bind(null, slug)}
    />
  );
}
