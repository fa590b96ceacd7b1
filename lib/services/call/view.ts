import { z } from "zod";
import { IsoTime } from "@/lib/services/fields";
import { OutcomeName } from "./schemas";

/** One attributed `tools/call`. Arguments are never shown here, kept or not. */
export const CallView = z.object({
  id: z.string(),
  time: IsoTime,
  memberId: z.string(),
  /** Who, as named at the time of the call. */
  actor: z.string(),
  actorEmail: z.string().nullable(),
  /** Names one gateway request; the same in the log and the CSV. */
  requestId: z.string(),
  tokenId: z.string(),
  tokenPrefix: z.string(),
  /** `token` or `oauth`; the two fields above then name a token or a grant. */
  authMethod: z.string(),
  /** Server slug at the time of the call; empty where the name fitted no server. */
  server: z.string(),
  tool: z.string(),
  /** `slug__tool`, as clients name it. */
  qualifiedName: z.string(),
  outcome: OutcomeName,
  errorClass: z.string().nullable(),
  errorCode: z.number().int().nullable(),
  durationMs: z.number().nullable(),
  /** The part of `durationMs` spent at the server. */
  upstreamMs: z.number().nullable(),
  clientName: z.string().nullable(),
  clientVersion: z.string().nullable(),
});
export type CallView = z.infer<typeof CallView>;

export const CallPage = z.object({
  calls: z.array(CallView),
  /** Give it as `cursor` for the next page; null at the end. */
  nextCursor: z.string().nullable(),
});
export type CallPage = z.infer<typeof CallPage>;
