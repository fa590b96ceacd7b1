import { tokens } from "@/db/schema/tokens";
import { allows } from "@/lib/access/permissions";
import { mintToken } from "@/lib/crypto/token";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { audit } from "@/lib/services/audit/record";
import { type Db, requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { expiryAfter } from "@/lib/services/credential-status";
import { findOrAddMember } from "@/lib/services/member/find-or-add";
import { findMember, type MemberRow } from "@/lib/services/member/manage";
import { parse } from "@/lib/services/parse";
import { touchAccess } from "@/lib/services/workspace/touch";
import { readSettings } from "@/lib/services/workspace/update-settings";
import { mcpJson } from "./mcp-json";
import { CreateTokenInput } from "./schemas";
import { toTokenView } from "./to-view";
import type { NewTokenView } from "./view";

/**
 * Mints a workspace token. This answer is the only one that ever holds it; the database keeps its SHA-256.
 * Plain members mint for themselves only, whatever name they give; auditors, who call no tools, have none. Where the
 * workspace bounds the life of tokens, one without an end gets the longest that is allowed.
 * @throws AppError `invalid`, `forbidden`, `not_found` (memberId), `conflict` (ambiguous name; the member is an auditor)
 */
export async function createToken(ctx: WorkspaceCtx, input: CreateTokenInput): Promise<NewTokenView> {
  const { name, memberId, kind, expiresInDays } = parse(CreateTokenInput, input);
  requirePermission(ctx, "token.own");
  const ownOnly = !allows(ctx.role, "token.manage");
  if (ownOnly && memberId !== undefined && memberId !== ctx.memberId)
    throw new AppError("forbidden", "You may make tokens for yourself only. Ask an admin for others.");
  return ctx.db.transaction(async (tx) => {
    await touchAccess(tx, ctx.workspace.id);
    const owner = ownOnly ? ctx.memberId : memberId;
    const member = owner === undefined ? await findOrAddMember(tx, ctx, name, kind) : await findMember(tx, ctx, owner);
    return storeToken(tx, ctx, member, name, expiresInDays);
  });
}

/**
 * Mints and stores the token of a member that was found under the workspace's lock.
 * @param life days, or its very end; undefined: the longest that the workspace allows
 * @throws AppError `conflict`, `invalid` (field `expiresInDays`: lives too long)
 */
export async function storeToken(
  tx: Db,
  ctx: WorkspaceCtx,
  member: MemberRow,
  name: string,
  life: number | Date | undefined,
): Promise<NewTokenView> {
  if (!allows(member.role, "gateway.use"))
    throw new AppError("conflict", `${member.name} is an auditor, and auditors call no tools.`, { field: "memberId" });
  const { maxTokenDays } = await readSettings(tx, ctx.workspace.id);
  const now = ctx.now();
  const expiresAt = life instanceof Date ? life : expiryAfter(now, life ?? maxTokenDays ?? undefined);
  const latest = expiryAfter(now, maxTokenDays ?? undefined);
  if (latest !== null && expiresAt !== null && expiresAt > latest)
    throw new AppError("invalid", `Tokens of this workspace live at most ${maxTokenDays} days.`, {
      field: "expiresInDays",
    });
  const minted = await mintToken("mwt");
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
      expiresAt,
    })
    .returning();
  if (!row) throw new AppError("internal", "The token was not stored. Try again.");
  const after = { member: member.name, prefix: row.prefix, expiresAt: row.expiresAt?.toISOString() ?? null };
  await audit(tx, ctx, "token.create", { type: "token", id: row.id, name }, { after });
  const json = mcpJson(ctx.publicUrl, ctx.workspace.slug, minted.token);
  return { ...toTokenView(row, member, now), token: minted.token, mcp_json: json };
}
