import { z } from "zod";
import { SECRET_NAME } from "@/lib/mcp/header-template";
import { ServerSlug } from "@/lib/slug";
import { CATEGORY_NAMES } from "./categories";
import { findFaults } from "./faults";

/** Controls and invisible characters, which make two names look alike. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}]/u;
const text = (max: number) =>
  z
    .string()
    .min(1, "is empty")
    .max(max, `has at most ${max} characters`)
    .refine((value) => !UNSAFE.test(value), "holds a line break or an invisible character");
const Link = z.url({ protocol: /^https?$/, error: "must be an http(s) address" }).max(2_048);

/** One address of the server. Settings stand in path or query as `{name}`, never in the host. */
const Endpoint = z.strictObject({
  label: text(40).default("Standard"),
  url: Link,
  transport: z.enum(["streamable-http", "sse"]).default("streamable-http"),
  /** The vendor offers only reading tools here. */
  readOnly: z.boolean().default(false),
});

/** A header to send; `{{NAME}}` and `{{b64:A:B}}` are secrets, `{name}` is a setting. */
const Header = z.strictObject({ name: z.string(), template: z.string().max(4_096) });

/** What an admin pastes; it is sealed, and goes to the host of the chosen endpoint only. */
const Secret = z.strictObject({
  name: z.string().regex(SECRET_NAME, "capital letters, digits and _, such as API_KEY"),
  label: text(60),
  howTo: text(300),
  docsUrl: Link.nullable().default(null),
  optional: z.boolean().default(false),
});

/** What an admin types that is no secret: it is stored readable. */
const Setting = z.strictObject({
  name: z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/, "a word such as projectRef"),
  label: text(60),
  hint: text(200),
  /** `id`: letters, digits and . _ - · `url`: an https address. */
  kind: z.enum(["id", "url"]),
  example: text(100),
});

const Auth = z.strictObject({
  /** `none`: works as it is (a key may lift limits) · `secret`: something must be pasted · `oauth`: the vendor's sign-in. */
  kind: z.enum(["none", "secret", "oauth"]),
  headers: z.array(Header).max(16).default([]),
  secrets: z.array(Secret).max(8).default([]),
  settings: z.array(Setting).max(8).default([]),
  /** How a client gets to be known to the vendor; null where there is no sign-in. */
  oauth: z
    .strictObject({
      /** `dcr`: by itself · `pre-registered`: an app must be made at the vendor first. */
      registration: z.enum(["dcr", "pre-registered", "unknown"]),
      issuer: Link.nullable().default(null),
    })
    .nullable()
    .default(null),
});

/** How sure we are of address and credential, from its weaker half. */
export const VERIFIED_LEVELS = ["vendor", "registry", "third-party", "unverified", "operator"] as const;

const Verified = z.strictObject({
  level: z.enum(VERIFIED_LEVELS),
  /** Day, month or year of what was read; null where nobody says. */
  asOf: z
    .string()
    .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, "a date such as 2026-11-24")
    .nullable()
    .default(null),
  note: text(300).nullable().default(null),
});

/** One server of the Hub, as the catalogue's files and an operator's own file write it. */
export const ListingEntry = z
  .strictObject({
    slug: z
      .string()
      .max(40, "has at most 40 characters")
      .regex(/^[a-z](?:-?[a-z0-9])*$/, "lower-case letters, digits and single hyphens, starting with a letter"),
    /** What the installed server is called at first, where `slug` is too long for one. */
    serverSlug: ServerSlug.optional(),
    name: text(60),
    vendor: text(60),
    description: text(160),
    category: z.enum(CATEGORY_NAMES).default("internal"),
    tags: z.array(text(30)).max(12).default([]),
    popular: z.boolean().default(false),
    /** Name of a mark in `public/brand-icons.svg`; null: letters on a tile. */
    icon: text(40).nullable().default(null),
    /** Run by the vendor itself. */
    official: z.boolean().default(true),
    status: z.enum(["ga", "beta", "preview", "experimental"]).default("ga"),
    /** The first one is what is installed unless another is chosen. */
    endpoints: z.array(Endpoint).min(1, "needs at least one").max(8),
    auth: Auth,
    /** Names of tools, as far as known; the server is asked at install. */
    tools: z.array(text(128)).max(50).default([]),
    docsUrl: Link.nullable().default(null),
    repoUrl: Link.nullable().default(null),
    verified: Verified.default({ level: "operator", asOf: null, note: null }),
  })
  .superRefine((entry, { addIssue }) => {
    for (const { path, message } of findFaults(entry)) addIssue({ code: "custom", path, message });
  });
export type ListingEntry = z.output<typeof ListingEntry>;
export type ListingEndpoint = ListingEntry["endpoints"][number];

/** A listing, and whether this installation's operator brought it. */
export interface Listing extends ListingEntry {
  own: boolean;
}
