import { z } from "zod";
import { CallView } from "@/lib/services/call/view";
import { IsoTime } from "@/lib/services/fields";
import { MemberKindName } from "@/lib/services/member/view";

/** A token as lists show it: never the token itself nor its hash. */
export const TokenView = z.object({
  id: z.string(),
  name: z.string(),
  member: z.object({ id: z.string(), name: z.string(), kind: MemberKindName }),
  /** First 8 characters, to recognise it by. */
  prefix: z.string(),
  status: z.enum(["active", "expired", "revoked"]),
  createdAt: IsoTime,
  expiresAt: IsoTime.nullable(),
  revokedAt: IsoTime.nullable(),
  /** Exact to about a minute. */
  lastUsedAt: IsoTime.nullable(),
  lastUsedIp: z.string().nullable(),
  /** Name and version of the client that used it last, as it says itself: foreign text. */
  lastUsedClient: z.string().nullable(),
});
export type TokenView = z.infer<typeof TokenView>;

/** `mcpServers` object that MCP clients take as it is. */
export const McpJson = z.object({
  mcpServers: z.record(
    z.string(),
    z.object({ type: z.literal("http"), url: z.string(), headers: z.object({ Authorization: z.string() }) }),
  ),
});
export type McpJson = z.infer<typeof McpJson>;

/** Answer of creation, the only place where the token is ever shown. */
export const NewTokenView = TokenView.extend({ token: z.string(), mcp_json: McpJson });
export type NewTokenView = z.infer<typeof NewTokenView>;

/** How many tokens of one member stopped working. */
export const RevokedTokensView = z.object({
  member: z.object({ id: z.string(), name: z.string() }),
  revoked: z.number().int(),
});
export type RevokedTokensView = z.infer<typeof RevokedTokensView>;

/** How far a client has come; each step as far as it is known. */
export const ConnectionProgressView = z.object({
  /** Name and version as the client says itself: foreign text. */
  client: z.string().nullable(),
  /** When it last came in with a good credential. */
  seenAt: IsoTime.nullable(),
  /** When it last asked for the tools. */
  listedAt: IsoTime.nullable(),
  /** Its first call that succeeded; else the first that ended. */
  call: CallView.nullable(),
});
export type ConnectionProgressView = z.infer<typeof ConnectionProgressView>;
