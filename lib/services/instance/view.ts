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
