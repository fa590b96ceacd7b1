import { z } from "zod";
import { CATEGORY_NAMES } from "@/lib/hub/categories";
import { DisplayName, Ref } from "@/lib/services/fields";
import { SecretName, SecretValue } from "@/lib/services/secret/schemas";
import { ServerSlug } from "@/lib/slug";

/** What must be at hand before a listing works. */
export const NEEDS = ["nothing", "secret", "oauth"] as const;
export type Needs = (typeof NEEDS)[number];

/** A choice of several words in one text, `search,ai`, as it stands in an address. */
const list = <const T extends readonly [string, ...string[]]>(words: T, problem: string) =>
  z
    .string()
    .max(400)
    .transform((text) => text.split(",").filter(Boolean))
    .pipe(z.array(z.enum(words, problem)))
    .optional();

const flag = z
  .union([z.boolean(), z.enum(["true", "false"])], "true or false")
  .transform((value) => String(value) === "true");

/** Filters of the Hub. With `workspace` the answer says what is installed there. */
export const ListListingsInput = z.strictObject({
  workspace: Ref.optional(),
  q: z.string().max(200, "At most 200 characters").default(""),
  category: list(CATEGORY_NAMES, "This is no category"),
  needs: list(NEEDS, "nothing, secret or oauth"),
  official: flag.default(false),
  readOnly: flag.default(false),
  installed: flag.default(false),
});
export type ListListingsInput = z.input<typeof ListListingsInput>;
export type ListingFilters = z.output<typeof ListListingsInput>;

export const GetListingInput = z.strictObject({ listing: Ref, workspace: Ref.optional() });
export type GetListingInput = z.input<typeof GetListingInput>;

/** `force` keeps a server that does not answer; a refused credential is never kept. */
export const InstallListingInput = z.strictObject({
  listing: Ref,
  /** Label of one of the listing's addresses; the first where absent. */
  endpoint: z.string().max(40).optional(),
  /** The listing's own where absent. */
  slug: ServerSlug.optional(),
  name: DisplayName.optional(),
  secrets: z.record(SecretName, SecretValue).default({}),
  settings: z.record(z.string().max(40), z.string().max(500, "At most 500 characters")).default({}),
  /** Tools that the server does not mark as reading only start switched off. */
  readOnly: z.boolean().default(false),
  force: z.boolean().default(false),
});
export type InstallListingInput = z.input<typeof InstallListingInput>;
