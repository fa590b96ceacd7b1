import { z } from "zod";

/** Characters that no name may hold: controls (NUL breaks Postgres text) and the invisible ones that make two names look alike. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}]/u;

/** A name for people: trimmed, inner blanks collapsed, NFC; 1–80 characters, nothing invisible. */
export const DisplayName = z
  .string("A name is needed")
  .max(400, "At most 80 characters")
  .transform((name) => name.normalize("NFC").trim().replace(/ +/g, " "))
  .pipe(
    z
      .string()
      .min(1, "A name is needed")
      .max(80, "At most 80 characters")
      .refine((name) => !UNSAFE.test(name), "Remove line breaks and invisible characters"),
  );

/** E-mail address, NFKC-normalised and lower-cased before it is checked, so one person cannot be two users. */
export const Email = z
  .string("An e-mail address is needed")
  .max(1_000, "At most 254 characters")
  .transform((email) => email.normalize("NFKC").trim().toLowerCase())
  .pipe(z.email("This is no e-mail address").max(254, "At most 254 characters"));

/** The part after the last `@` of a checked address. */
export const domainOf = (email: string): string => email.slice(email.lastIndexOf("@") + 1);

/** Reference to a row by id or slug. Loose on purpose: what fits no row is answered `not_found`, like a foreign row. */
export const Ref = z.string().max(200, "At most 200 characters");

/** True where a reference may be sent to the database at all (a NUL or lone surrogate would be an error there). */
export const isRef = (text: string): boolean => /^[A-Za-z0-9_-]{1,64}$/.test(text);

/** Instant in ISO 8601, UTC or with offset, e.g. `2026-11-24T00:00:00Z`; a plain day means its start in UTC. */
export const Instant = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], "Use a time like 2026-11-24T00:00:00Z")
  .transform((text) => new Date(text));

/** How view types carry time: ISO 8601 UTC with milliseconds. */
export const IsoTime = z.iso.datetime();
/** @see IsoTime */
export const iso = (date: Date): string => date.toISOString();
/** @see IsoTime; null stays null. */
export const isoOrNull = (date: Date | null): string | null => date?.toISOString() ?? null;

/** Typed repeat of the thing that is about to be deleted, so that nothing goes by a slip. */
export const Confirm = z.string("Repeat the slug to confirm").max(200);

/** Lifetime of a token or key in days; absent: no end. */
export const ExpiresInDays = z.coerce
  .number("A number of days")
  .int("A whole number of days")
  .min(1, "At least 1 day")
  .max(3_650, "At most 3650 days");

/** Rows of one page of a list. */
export const PageSize = z.coerce
  .number("A whole number from 1 to 200")
  .int("A whole number from 1 to 200")
  .min(1, "At least 1")
  .max(200, "At most 200")
  .default(50);
