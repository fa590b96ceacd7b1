import { z } from "zod";
import type { MemberKind, Role } from "@/db/schema/members";
import { IsoTime } from "@/lib/services/fields";

/** Role in a workspace; same words as the schema, repeated here so that client code does not pull the schema in. */
export const RoleName = z.enum(
  ["owner", "admin", "member", "auditor"] satisfies readonly Role[],
  "One of owner, admin, member, auditor",
);
export type RoleName = z.infer<typeof RoleName>;
/** `service`: a machine that has tokens and never signs in. */
export const MemberKindName = z.enum(["person", "service"] satisfies readonly MemberKind[], "person or service");

/** Which tools a member may use. `servers` by id; null: every server, or every tool of one. */
export const ToolScopeView = z.object({
  readOnly: z.boolean(),
  servers: z.record(z.string(), z.array(z.string()).nullable()).nullable(),
});
export type ToolScopeView = z.infer<typeof ToolScopeView>;

export const MemberView = z.object({
  id: z.string(),
  kind: MemberKindName,
  name: z.string(),
  email: z.string().nullable(),
  role: RoleName,
  /** False for machines and for someone known only by the name on their token. */
  canSignIn: z.boolean(),
  /** Null: all tools. */
  toolScope: ToolScopeView.nullable(),
  /** Tokens that work now. */
  activeTokens: z.number().int(),
  /** MCP clients that they let in by OAuth and that may still come. */
  activeGrants: z.number().int(),
  /** Newest call, by the call log. */
  lastCallAt: IsoTime.nullable(),
  createdAt: IsoTime,
});
export type MemberView = z.infer<typeof MemberView>;

/** What ends with a member and what does not: beforehand (`removed` false), and once it is done. */
export const MemberRemovalView = z.object({
  id: z.string(),
  name: z.string(),
  removed: z.boolean(),
  tokensRevoked: z.number().int(),
  grantsRevoked: z.number().int(),
  /** Credentials that they set for themselves. */
  ownSecretsDeleted: z.number().int(),
  /** Argument rules that concern them alone. */
  rulesDeleted: z.number().int(),
  /** Open streams close within a second, on every node. */
  streamsClosing: z.literal(true),
  /** Shared credentials stay as they are; they were never shown to anybody. */
  sharedSecretsUntouched: z.number().int(),
});
export type MemberRemovalView = z.infer<typeof MemberRemovalView>;
