import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import type { WorkspacePage } from "@/app/page-props";
import { AboutTokens } from "@/components/tokens/about-tokens";
import { GrantList } from "@/components/tokens/grant-list";
import { TokenManager } from "@/components/tokens/token-manager";
import { allows } from "@/lib/access/permissions";
import { requireWorkspaceCtx } from "@/lib/auth/context";
import { listGrants } from "@/lib/services/grant/list";
import { listMembers } from "@/lib/services/member/list";
import { listTokens } from "@/lib/services/token/list";
import { SCAN_PATTERN } from "@/lib/services/token/scan-pattern";
import { getWorkspaceSettings } from "@/lib/services/workspace/update-settings";
import { createTokenAction, revokeAllTokensAction, revokeGrantAction, revokeTokenAction } from "./actions";

export const metadata: Metadata = { title: "Tokens" };

export default async function TokensPage({ params }: WorkspacePage) {
  const { slug } = await params;
  const ctx = await requireWorkspaceCtx(slug);
  if (!allows(ctx.role, "token.own")) forbidden();
  const ownOnly = !allows(ctx.role, "token.manage");
  const [tokens, grants, { maxTokenDays }, members] = await Promise.all([
    listTokens(ctx),
    listGrants(ctx),
    getWorkspaceSettings(ctx),
    ownOnly ? [] : listMembers(ctx),
  ]);
  return (
    <TokenManager
      slug={slug}
      tokens={tokens}
      ownOnly={ownOnly}
      maxDays={maxTokenDays}
      memberNames={members.map((member) => member.name)}
      onCreate={createTokenAction.bind(null, slug)}
      onRevoke={revokeTokenAction.bind(null, slug)}
      onRevokeAll={revokeAllTokensAction.bind(null, slug)}
    >
      <GrantList grants={grants} ofOne={ownOnly} onRevoke={revokeGrantAction.bind(null, slug)} />
      <AboutTokens pattern={SCAN_PATTERN} />
    </TokenManager>
  );
}
