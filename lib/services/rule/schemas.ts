import { z } from "zod";
import { ARGUMENT_OPERATORS, type ArgumentCondition } from "@/lib/access/argument-rule";
import { Ref } from "@/lib/services/fields";
import { RoleName } from "@/lib/services/member/view";

/** What Postgres cannot store as text (NUL, half a surrogate pair) is in no argument that anybody means. */
const STORABLE = /^[^\0\p{Cs}]*$/u;
const Text = z.string().max(1_000, "At most 1000 characters").regex(STORABLE, "Remove control characters");
const Scalar = z.union([Text, z.number(), z.boolean()], "A text, a number, true or false");

/** What each operator compares with, said to whoever fills the form in. */
const EXPECTED: Record<ArgumentCondition["operator"], { schema: z.ZodType; message: string }> = {
  in: { schema: z.array(Scalar).min(1).max(200), message: "List 1 to 200 allowed values" },
  not_in: { schema: z.array(Scalar).min(1).max(200), message: "List 1 to 200 refused values" },
  lte: { schema: z.number(), message: "Give a number" },
  gte: { schema: z.number(), message: "Give a number" },
  starts_with: { schema: Text.min(1), message: "Give the text that it must start with" },
  absent: { schema: z.null(), message: "Leave the value out" },
};

/** One condition on the argument at `path`, names from the top. A left-out argument fails it, unless `optional`. */
export const ConditionInput = z
  .strictObject({
    path: z.array(Text.min(1, "A name is needed").max(128, "At most 128 characters")).min(1).max(8),
    operator: z.enum(ARGUMENT_OPERATORS, "Unknown operator"),
    value: z
      .union([Scalar, z.array(Scalar).max(200)])
      .nullable()
      .default(null),
    optional: z.boolean("true or false").default(false),
  })
  .superRefine(({ operator, value }, context) => {
    const { schema, message } = EXPECTED[operator];
    if (!schema.safeParse(value).success) context.addIssue({ code: "custom", message, path: ["value"] });
  });
export type ConditionInput = z.input<typeof ConditionInput>;

const Conditions = z.array(ConditionInput).min(1, "At least one condition").max(20, "At most 20 conditions");
const Tool = z.string("A tool is needed").min(1, "A tool is needed").max(128, "At most 128 characters");
/** Whom a rule concerns: one member, one role, or (both absent or null) everyone. */
const Audience = { memberId: Ref.nullable().optional(), role: RoleName.nullable().optional() };
const ONE_AUDIENCE = { message: "Choose a member or a role, not both", path: ["role"] };
const oneAudience = (input: { memberId?: string | null; role?: string | null }) => !input.memberId || !input.role;

/** `tool` is the server's own name for it. */
export const CreateRuleInput = z
  .strictObject({ server: Ref, tool: Tool, ...Audience, conditions: Conditions })
  .refine(oneAudience, ONE_AUDIENCE);
export type CreateRuleInput = z.input<typeof CreateRuleInput>;

/** Server and tool stay; what is absent stays too. */
export const UpdateRuleInput = z
  .strictObject({ rule: Ref, ...Audience, conditions: Conditions.optional() })
  .refine(oneAudience, ONE_AUDIENCE);
export type UpdateRuleInput = z.input<typeof UpdateRuleInput>;

export const DeleteRuleInput = z.strictObject({ rule: Ref });
export type DeleteRuleInput = z.input<typeof DeleteRuleInput>;

export const ListRulesInput = z.strictObject({ server: Ref.optional(), tool: Tool.optional() });
export type ListRulesInput = z.input<typeof ListRulesInput>;

/** A draft of a rule on past calls; `arguments`: JSON text to try besides, as if its sender were concerned. */
export const TestRuleInput = z
  .strictObject({
    server: Ref,
    tool: Tool,
    ...Audience,
    conditions: Conditions,
    arguments: z.string().max(65_536, "At most 64 KiB").optional(),
  })
  .refine(oneAudience, ONE_AUDIENCE);
export type TestRuleInput = z.input<typeof TestRuleInput>;
