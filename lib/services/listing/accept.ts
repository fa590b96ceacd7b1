import { AppError } from "@/lib/errors";
import type { Listing } from "@/lib/hub/listing";
import type { ProbeResult } from "@/lib/services/server/probe-upstream";

interface Attempt {
  listing: Listing;
  host: string;
  /** Names of the secrets that were sent. */
  sent: string[];
  force: boolean;
}

/**
 * Whether an install may go on after its test. A key that was refused never may: it is told apart from a server that
 * does not answer, which may by force.
 * @throws AppError `invalid` for a refused key or address, `upstream_failed` with what was seen
 */
export function acceptInstall(result: ProbeResult, { listing, host, sent, force }: Attempt): void {
  if (result.ok) return;
  if (result.problem === "refused_address") throw new AppError("invalid", result.message, { field: "endpoint" });
  if (result.problem === "unauthorized") throw refusedKey(listing, host, sent, result.status);
  if (!force) throw new AppError("upstream_failed", `${result.message.replace(/\.?$/, ".")} Nothing was installed.`);
}

function refusedKey(listing: Listing, host: string, sent: string[], status: number | null): AppError {
  const answer = status === null ? "" : ` (${status})`;
  const known = listing.auth.secrets.filter(({ name }) => sent.includes(name));
  if (known.length === 0) {
    const first = listing.auth.secrets[0];
    return new AppError(
      "invalid",
      `${host} wants a credential${answer}, which this listing did not expect. Nothing was installed.`,
      {
        field: first && `secrets.${first.name}`,
      },
    );
  }
  const what = known.map(({ label }) => `“${label}”`).join(" and ");
  const message = `${host} does not take ${what}${answer}. Check that it was copied whole and may do what it should, then try again. Nothing was installed.`;
  return new AppError("invalid", message, { field: `secrets.${known[0]?.name}` });
}
