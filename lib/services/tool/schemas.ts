import { z } from "zod";
import { Ref } from "@/lib/services/fields";

/** `tool` is the name without the server's prefix. */
export const SetToolEnabledInput = z.strictObject({
  server: Ref,
  tool: z.string().max(200),
  enabled: z.boolean("true or false"),
});
export type SetToolEnabledInput = z.input<typeof SetToolEnabledInput>;

/** @see SetToolEnabledInput */
export const ListToolArgumentsInput = z.strictObject({ server: Ref, tool: z.string().max(200) });
export type ListToolArgumentsInput = z.input<typeof ListToolArgumentsInput>;
