import { z } from "zod";
import { ARGUMENT_OPERATORS } from "@/lib/access/argument-rule";
import { IsoTime } from "@/lib/services/fields";
import { RoleName } from "@/lib/services/member/view";

const Scalar = z.union([z.string(), z.number(), z.boolean()]);

export const ConditionView = z.object({
  path: z.array(z.string()),
  operator: z.enum(ARGUMENT_OPERATORS),
  value: z.union([Scalar, z.array(Scalar)]).nullable(),
  optional: z.boolean(),
});
export type ConditionView = z.infer<typeof ConditionView>;

/** What the arguments of one tool must be like, for one member, one role, or (both null) everyone. */
export const RuleView = z.object({
  id: z.string(),
  server: z.object({ id: z.string(), slug: z.string(), name: z.string() }),
  /** The server's own name of the tool. */
  tool: z.string(),
  member: z.object({ id: z.string(), name: z.string() }).nullable(),
  role: RoleName.nullable(),
  conditions: z.array(ConditionView),
  /** Each condition in words, in the same order; a refused caller is told the same. */
  sentences: z.array(z.string()),
  createdAt: IsoTime,
  updatedAt: IsoTime,
});
export type RuleView = z.infer<typeof RuleView>;

/** `message`: what the caller would be told; null where the call is allowed. */
const Verdict = z.object({ allowed: z.boolean(), message: z.string().nullable() });

/** A draft tried out. Calls are the newest 50 of that tool whose arguments are kept. */
export const RuleTestView = z.object({
  /** Of the JSON typed in; null where none was. */
  typed: Verdict.nullable(),
  calls: z.array(
    Verdict.extend({
      id: z.string(),
      time: IsoTime,
      actor: z.string(),
      role: z.string(),
      /** JSON text as it was sent: foreign text. */
      arguments: z.string(),
      /** False where the rule does not concern who called; the call is then allowed. */
      concerned: z.boolean(),
    }),
  ),
  /** 0: arguments are not kept, so there can be no past calls here; switch it on in the workspace's settings. */
  keepArgumentsDays: z.number().int(),
});
export type RuleTestView = z.infer<typeof RuleTestView>;
