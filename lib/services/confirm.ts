import { AppError } from "@/lib/errors";

/** @throws AppError `invalid` unless the typed text is the slug of what is to be deleted */
export function requireConfirmed(confirm: string, slug: string): void {
  if (confirm !== slug)
    throw new AppError("invalid", `Deleting cannot be undone. To confirm, give the slug "${slug}".`, {
      field: "confirm",
    });
}
