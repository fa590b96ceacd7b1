import { z } from "zod";

export const InstanceView = z.object({
  publicUrl: z.string(),
  /** Private hosts and ranges allowed on this page. */
  allowPrivateUpstreams: z.array(z.string()),
  /** Those that the environment allows (AEROSTACK_ALLOW_PRIVATE_UPSTREAMS); not editable here. */
  allowPrivateFromEnvironment: z.array(z.string()),
  users: z.number().int(),
  workspaces: z.number().int(),
});
export type InstanceView = z.infer<typeof InstanceView>;

/** How long people take to their first call; `medianMs` null while nobody got there. */
export const FirstCallView = z.object({
  people: z.number().int(),
  arrived: z.number().int(),
  medianMs: z.number().nullable(),
});
export type FirstCallView = z.infer<typeof FirstCallView>;
