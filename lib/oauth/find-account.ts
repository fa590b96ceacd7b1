import { and, eq, isNull } from "drizzle-orm";
import { members } from "@/db/schema/members";
import { users } from "@/db/schema/users";
import { allows } from "@/lib/access/permissions";
import type { Db } from "@/lib/services/context";

/** Whom a grant speaks for, as tokens need it. */
export interface OauthAccount {
  accountId: string;
  workspaceId: string;
  claims(): Promise<{ sub: string }>;
  [key: string]: unknown;
}

/** The member of that id, while they may use the gateway; asked at every code and refresh, so a removed member gets no new token. */
export async function findAccount(db: Db, memberId: string): Promise<OauthAccount | undefined> {
  const [row] = await db
    .select({ role: members.role, workspaceId: members.workspaceId })
    .from(members)
    .innerJoin(users, and(eq(users.id, members.userId), isNull(users.disabledAt)))
    .where(eq(members.id, memberId));
  if (!row || !allows(row.role, "gateway.use")) return undefined;
  return { accountId: memberId, workspaceId: row.workspaceId, claims: async () => ({ sub: memberId }) };
}
