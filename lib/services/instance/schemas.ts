import { z } from "zod";

/** The whole list; it replaces what the page stored before. Entries: host name, IP or CIDR, each with `:port` if wanted. */
export const UpdateInstanceInput = z.strictObject({
  allowPrivateUpstreams: z.array(z.string().max(255, "At most 255 characters")).max(100, "At most 100 entries"),
});
export type UpdateInstanceInput = z.input<typeof UpdateInstanceInput>;
