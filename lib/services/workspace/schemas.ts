import { z } from "zod";
import { allowsIp, canonicalRange } from "@/lib/mcp/ip-allow";
import { Confirm, DisplayName } from "@/lib/services/fields";
import { MailDomain } from "@/lib/services/invitation/schemas";
import { WorkspaceSlug } from "@/lib/slug";

/** Without a slug, one is made from the name. */
export const CreateWorkspaceInput = z.strictObject({ name: DisplayName, slug: WorkspaceSlug.optional() });
export type CreateWorkspaceInput = z.input<typeof CreateWorkspaceInput>;

export const RenameWorkspaceInput = z.strictObject({ name: DisplayName });
export type RenameWorkspaceInput = z.input<typeof RenameWorkspaceInput>;

/** `confirm` must repeat the workspace's slug. */
export const DeleteWorkspaceInput = z.strictObject({ confirm: Confirm });
export type DeleteWorkspaceInput = z.input<typeof DeleteWorkspaceInput>;

/** The new slug; `confirm` must repeat the one of now. */
export const ChangeSlugInput = z.strictObject({ slug: WorkspaceSlug, confirm: Confirm });
export type ChangeSlugInput = z.input<typeof ChangeSlugInput>;

const whole = (what: string, least: number, most: number) =>
  z
    .number(`A number of ${what}`)
    .int(`A whole number of ${what}`)
    .min(least, `At least ${least}`)
    .max(most, `At most ${most} ${what}`);
const days = (least: number, most: number) => whole("days", least, most);

/** An address or a range in its one spelling. */
export const AllowedRange = z
  .string()
  .max(64, "This is no address")
  .transform((line, check) => {
    const range = canonicalRange(line);
    if (range !== null) return range;
    check.addIssue({ code: "custom", message: "Use an address or a range, like 192.0.2.7 or 2001:db8::/32" });
    return z.NEVER;
  });

/** Name of a field of a payload; upper case, blanks, dashes and underscores make no difference. */
export const RedactField = z
  .string()
  .trim()
  .min(1, "A name is needed")
  .max(80, "At most 80 characters")
  .regex(/[\p{L}\p{N}]/u, "A name has at least one letter or digit")
  .regex(/^[^\p{Cc}\p{Cf}\p{Cs}]*$/u, "Remove invisible characters")
  .transform((name) => name.toLowerCase());

const once = (list: string[]) => [...new Set(list)];

/** What is given is changed, the rest stays. */
export const UpdateWorkspaceSettingsInput = z.strictObject({
  /** Days for which payloads of calls are kept, sealed; 0: not at all, and what is kept is deleted. */
  keepArgumentsDays: days(0, 30).optional(),
  /** Whether results are kept with the arguments; false deletes those that are. */
  keepResults: z.boolean("true or false").optional(),
  redactFields: z.array(RedactField).max(100, "At most 100 names").transform(once).optional(),
  /** Days that calls stay in the log. */
  retentionDays: days(30, 3_650).optional(),
  /** Addresses and ranges that the gateway takes requests from; empty: everywhere. */
  ipAllow: z.array(AllowedRange).max(200, "At most 200 lines").transform(once).optional(),
  /** Longest life of a new token; null: no bound. */
  maxTokenDays: days(1, 3_650).nullable().optional(),
  /** Longest name of a tool as clients see it. Old names answer for 30 days after a change. */
  nameLength: whole("characters", 45, 64).optional(),
  /** Clients get tools that find, describe and call the others, in place of the full list. */
  searchMode: z.boolean("true or false").optional(),
  /** Characters of a result that go out at once; what is longer is cut and read on with `read_result`. Null: no bound. */
  resultCap: whole("characters", 1_000, 1_000_000).nullable().optional(),
});
export type UpdateWorkspaceSettingsInput = z.input<typeof UpdateWorkspaceSettingsInput>;

/** `retentionDays`: how many calls that term would delete. */
export const SettingsEffectsInput = z.strictObject({
  retentionDays: z.coerce
    .number("A number of days")
    .int("A whole number of days")
    .min(30, "At least 30")
    .max(3_650, "At most 3650 days")
    .optional(),
});
export type SettingsEffectsInput = z.input<typeof SettingsEffectsInput>;

/** The whole list; what is not in it any more ends. Nobody becomes an owner or admin by their address alone. */
export const SetDomainsInput = z.strictObject({
  domains: z
    .array(
      z.strictObject({
        domain: MailDomain,
        role: z.enum(["member", "auditor"], "People join as member or auditor").default("member"),
      }),
    )
    .max(20, "At most 20 domains")
    .refine((rows) => new Set(rows.map(({ domain }) => domain)).size === rows.length, "Name each domain once"),
});
export type SetDomainsInput = z.input<typeof SetDomainsInput>;

/** Whether a list in the making would let requests from `ip` in; lines that are none count as absent. */
export const wouldLetIn = (lines: readonly string[], ip: string | null): boolean =>
  allowsIp(
    lines.flatMap((line) => canonicalRange(line) ?? []),
    ip,
  );
