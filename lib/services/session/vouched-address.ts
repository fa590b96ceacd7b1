import { Email } from "@/lib/services/fields";

/**
 * A provider's verified address as ours, or null. Plain ASCII only: a provider that takes `ana＠acme.example` (a wide
 * `＠`) or a Kelvin sign for part of an address has verified some other mailbox than ours would be after normalising.
 */
export function vouchedAddress(raw: string | null): string | null {
  if (raw === null || !/^[\x21-\x7e]+$/.test(raw)) return null;
  const email = Email.safeParse(raw);
  return email.success ? email.data : null;
}
