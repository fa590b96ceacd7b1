import { z } from "zod";
import { IsoTime } from "@/lib/services/fields";
import { OutcomeName } from "./schemas";

/** One attributed `tools/call`, `prompts/get` or `resources/read`. Arguments are never shown here, kept or not. */
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
  /** Tool or prompt, or the resource's URI, as the server names it. */
  tool: z.string(),
  /** MCP method. */
  method: z.string(),
  /** `slug__tool`, or `slug+uri` of a resource, as clients name it. */
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

/** One call in full, as its drawer and its link show it. */
export const CallDetailView = CallView.extend({
  actorRole: z.string(),
  /** The part of `durationMs` before the request went on its way to the server. */
  beforeMs: z.number().nullable(),
  /** `read`, `write` or `destructive` by the tool's own word; null: it said nothing. */
  toolKind: z.enum(["read", "write", "destructive"]).nullable(),
  sourceIp: z.string().nullable(),
  userAgent: z.string().nullable(),
  sessionId: z.string().nullable(),
  /** HTTP status of the server's answer. */
  upstreamStatus: z.number().int().nullable(),
  requestBytes: z.number().int(),
  responseBytes: z.number().int().nullable(),
  /** Of the arguments as they were sent, hex. */
  argsSha256: z.string().nullable(),
  /** Names of the secrets that were injected; null for readers who do not manage servers. */
  secretsUsed: z.array(z.string()).nullable(),
  /** Which payloads are kept, for those who may read them. */
  kept: z.object({ arguments: z.boolean(), result: z.boolean() }),
});
export type CallDetailView = z.infer<typeof CallDetailView>;

const Payload = z.object({
  /** JSON text; no JSON any more where it was cut. */
  text: z.string(),
  cut: z.boolean(),
  /** Of the whole, also where it was cut. */
  bytes: z.number().int(),
});

/** What was kept of a call, values of redacted fields left out. Null: not kept, or it does not open any more. */
export const CallPayloadView = z.object({ arguments: Payload.nullable(), result: Payload.nullable() });
export type CallPayloadView = z.infer<typeof CallPayloadView>;

export const CallPage = z.object({
  calls: z.array(CallView),
  /** Give it as `cursor` for the next page; null at the end. */
  nextCursor: z.string().nullable(),
});
export type CallPage = z.infer<typeof CallPage>;
