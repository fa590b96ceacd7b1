import { z } from "zod";

/** Words that are paths of the product or dangerous as object keys; no workspace may take them. */
const RESERVED = new Set(
  "api app ws w hub oauth auth login sign-in signup sign-up setup invite admin settings account audit exports functions secrets servers new static public assets health ready www mail root constructor prototype null undefined".split(
    " ",
  ),
);

/** A workspace's slug: 2–40 of `a-z 0-9 -`, starts with a letter, ends with a letter or digit, no `--`. */
export const WORKSPACE_SLUG = /^[a-z](?:-?[a-z0-9]){1,39}$/;
/** A server's slug: 1–16 characters and never `_`, so the first `__` of `server__tool` always splits. */
export const SERVER_SLUG = /^[a-z](?:-?[a-z0-9]){0,15}$/;

/** Whether a workspace may have this slug; the gateway asks it of every request. */
export const isWorkspaceSlug = (slug: string): boolean =>
  slug.length <= 40 && WORKSPACE_SLUG.test(slug) && !RESERVED.has(slug);

export const WorkspaceSlug = z
  .string()
  .max(40, "At most 40 characters")
  .regex(WORKSPACE_SLUG, "2 to 40 lower-case letters, digits and single hyphens, starting with a letter")
  .refine((slug) => !RESERVED.has(slug), "This word is reserved, choose another");

export const ServerSlug = z
  .string()
  .max(16, "At most 16 characters")
  .regex(SERVER_SLUG, "1 to 16 lower-case letters, digits and single hyphens, starting with a letter");

/** A slug suggested from free text; may be empty where the text has no usable character. */
export function suggestSlug(text: string, max = 40): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+|-+$/g, "")
    .slice(0, max)
    .replace(/-+$/, "");
}
