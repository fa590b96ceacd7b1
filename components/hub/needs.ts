import type { ListingView } from "@/lib/services/listing/view";

type Needed = Pick<ListingView, "needs" | "secretCount">;

/** What must be at hand, in a word or two. */
export function needsLabel({ needs, secretCount }: Needed): string {
  if (needs === "nothing") return "No key needed";
  if (needs === "oauth") return "Sign-in (OAuth)";
  return secretCount === 1 ? "One key" : `${secretCount} keys`;
}
