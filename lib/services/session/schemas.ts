import { z } from "zod";
import { Ref } from "@/lib/services/fields";

/** Loose on purpose: a malformed address is answered like a wrong password. */
export const VerifyPasswordInput = z.strictObject({ email: z.string().max(1_000), password: z.string().max(1_024) });
export type VerifyPasswordInput = z.input<typeof VerifyPasswordInput>;

export const EndSessionInput = z.strictObject({ session: Ref });
export type EndSessionInput = z.input<typeof EndSessionInput>;
