import { z } from "zod";

/** Loose on purpose: a malformed address is answered like a wrong password. */
export const VerifyPasswordInput = z.strictObject({ email: z.string().max(1_000), password: z.string().max(1_024) });
export type VerifyPasswordInput = z.input<typeof VerifyPasswordInput>;
