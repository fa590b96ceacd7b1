import { tokens } from "@/db/schema/tokens";
import { mintToken } from "@/lib/crypto/token";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { audit } from "@/lib/services/audit/record";
import type { WorkspaceCtx } from "@/lib/services/context";
import { expiryAfter } from "@/lib/services/credential-status";
import { findMember, findOrAddMember } from "@/lib/services/member/find-or-add";
import { parse } from "@/lib/services/parse";
import { lockWorkspace } from "@/lib/services/workspace/touch";
import { mcpJson } from "./mcp-json";
import { CreateTokenInput } from "./schemas";
import { toTokenView } from "./to-view";
import type { NewTokenView } from "./view";

/**
 * Mints a workspace token. This answer is the only one that ever holds it; the database keeps its SHA-256.
 * Plain members mint for themselves only, whatever name they give.
 * @throws AppError `invalid`, `forbidden`, `not_found` (memberId), `conflict` (ambiguous name)
 */
export async function createToken(ctx: WorkspaceCtx, input: CreateTokenInput): Promise<NewTokenView> {
  const { name, memberId, expiresInDays } = parse(CreateTokenInput, input);
  const ownOnly = ctx.role === "member";
  if (ownOnly && memberId !== undefined && memberId !== ctx.memberId)
    throw new AppError("forbidden", "You may make tokens for yourself only. Ask an admin for others.");
  const minted = await mintToken("mwt");
  const now = ctx.now();
  return ctx.db.transaction(async (tx) => {
    await lockWorkspace(tx, ctx.workspace.id);
    const owner = ownOnly ? ctx.memberId : memberId;
    const member = owner === undefined ? await findOrAddMember(tx, ctx, name) : await findMember(tx, ctx, owner);
    const [row] = await tx
      .insert(tokens)
      .values({
        id: newId("token", now.getTime()),
        workspaceId: ctx.workspace.id,
        memberId: member.id,
        name,
        hash: minted.hash,
        prefix: minted.hint,
        createdAt: now,
        expiresAt: expiryAfter(now, expiresInDays),
      })
      .returning();
    if (!row) throw new AppError("internal", "The token was not stored. Try again.");
    const after = { member: member.name, prefix: row.prefix, expiresAt: row.expiresAt?.toISOString() ?? null };
    await audit(tx, ctx, "token.create", { type: "token", id: row.id, name }, { after });
    const json = mcpJson(ctx.publicUrl, ctx.workspace.slug, minted.token);
    return { ...toTokenView(row, member.name, now), token: minted.token, mcp_json: json };
  });
}
