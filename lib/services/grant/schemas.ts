import { z } from "zod";
import { Ref } from "@/lib/services/fields";

export const RevokeGrantInput = z.strictObject({ grant: Ref });
export type RevokeGrantInput = z.input<typeof RevokeGrantInput>;
