import { AppError } from "@/lib/errors";
import type { ProbeResult } from "./probe-upstream";

/**
 * Whether a server may be saved after that test. One that waits for a secret or asks for one may: the secret comes
 * next. One that does not answer may only by force. One at a refused address never may.
 * @throws AppError `invalid` (field `url`) for a refused address, `upstream_failed` with what was seen
 */
export function acceptProbe(result: ProbeResult, force: boolean): void {
  if (result.ok || result.problem === "missing_secret" || result.problem === "unauthorized") return;
  if (result.problem === "refused_address") throw new AppError("invalid", result.message, { field: "url" });
  if (!force)
    throw new AppError(
      "upstream_failed",
      `${result.message.replace(/\.?$/, ".")} Nothing was saved; save by force to keep it anyway.`,
    );
}
