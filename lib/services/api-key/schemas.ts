import { z } from "zod";
import { DisplayName, ExpiresInDays, Ref } from "@/lib/services/fields";

export const CreateApiKeyInput = z.strictObject({ name: DisplayName, expiresInDays: ExpiresInDays.optional() });
export type CreateApiKeyInput = z.input<typeof CreateApiKeyInput>;

export const RevokeApiKeyInput = z.strictObject({ key: Ref });
export type RevokeApiKeyInput = z.input<typeof RevokeApiKeyInput>;
