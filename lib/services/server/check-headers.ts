import type { HeaderTemplate } from "@/db/schema/servers";
import { AppError } from "@/lib/errors";
import { validateHeaderName, validateSecretValue, validateTemplate } from "@/lib/mcp/header-template";
import { neededSecrets } from "./needed-secrets";

/** Headers that usually carry a credential. */
const CREDENTIAL = /^authorization$|api[-_]?key|token|secret|password|credential/i;

/**
 * Checks header names and templates.
 * @returns warnings, e.g. a credential written out where everybody with access to the settings can read it
 * @throws AppError `invalid` with the field, e.g. `headers.0.template`; never quoting a template
 */
export function checkHeaders(headers: HeaderTemplate[]): string[] {
  const seen = new Set<string>();
  const warnings: string[] = [];
  headers.forEach((header, index) => {
    within(`headers.${index}`, () => {
      validateHeaderName(header.name);
      validateTemplate(header.template);
      const lower = header.name.toLowerCase();
      if (seen.has(lower)) throw new AppError("invalid", "This header is there twice. Remove one.", { field: "name" });
      seen.add(lower);
    });
    if (CREDENTIAL.test(header.name) && neededSecrets([header]).length === 0)
      warnings.push(
        `The header ${header.name} holds its value in the open. Write {{NAME}} in its place and set the secret NAME, so that it is sealed.`,
      );
  });
  return warnings;
}

/** Checks secret values given along with a form. @throws AppError `invalid`, field `secrets.NAME`; never quoting a value */
export function checkSecretValues(secrets: Record<string, string>): Map<string, string> {
  const values = new Map(Object.entries(secrets));
  for (const [name, value] of values) within(`secrets.${name}`, () => validateSecretValue(value), true);
  return values;
}

/** Names the input at fault as the caller's form knows it. */
function within(path: string, check: () => void, whole = false): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const field = whole || !error.field ? path : `${path}.${error.field}`;
    throw new AppError(error.code, error.message, { field, cause: error });
  }
}
