import { z } from "zod";
import type { Role } from "@/db/schema/members";
import { IsoTime } from "@/lib/services/fields";

/** Role in a workspace; same words as the schema, repeated here so that client code does not pull the schema in. */
export const RoleName = z.enum(["owner", "admin", "member", "auditor"] satisfies readonly Role[]);

export const MemberView = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  role: RoleName,
  /** False for someone known only by the name on their token. */
  canSignIn: z.boolean(),
  /** Tokens that work now. */
  activeTokens: z.number().int(),
  /** Newest call, by the call log. */
  lastCallAt: IsoTime.nullable(),
  createdAt: IsoTime,
});
export type MemberView = z.infer<typeof MemberView>;
