import { z } from "zod";
import { SECRET_MODES } from "@/db/schema/servers";
import { IsoTime } from "@/lib/services/fields";
import { ProbeView } from "@/lib/services/server/view";

/** What anybody may learn of one stored value. */
const Stored = {
  /** Counts replacements. */
  version: z.number().int(),
  /** The only origin that it is sent to. */
  origin: z.string(),
  /** False once the server's URL moved to another origin: the secret is then refused and must be set again. */
  usable: z.boolean(),
  createdAt: IsoTime,
  updatedAt: IsoTime,
  /** Exact to about a minute. */
  lastUsedAt: IsoTime.nullable(),
};
export const StoredView = z.object(Stored);
export type StoredView = z.infer<typeof StoredView>;

/** All that anybody ever learns of a stored secret. No value, no part of it. */
export const SecretView = z.object({
  name: z.string(),
  ...Stored,
  /** Names of the headers that use it. */
  headers: z.array(z.string()),
});
export type SecretView = z.infer<typeof SecretView>;

/** Shared secrets of one server: the stored ones, and names that its headers ask for but nobody set. */
export const SecretList = z.object({ secrets: z.array(SecretView), missing: z.array(z.string()) });
export type SecretList = z.infer<typeof SecretList>;

export const SecretSetView = z.object({
  secret: SecretView,
  missingSecrets: z.array(z.string()),
  /** What the test with the new value showed. */
  probe: ProbeView,
  warnings: z.array(z.string()),
});
export type SecretSetView = z.infer<typeof SecretSetView>;

export const SecretDeletedView = z.object({
  name: z.string(),
  deleted: z.literal(true),
  missingSecrets: z.array(z.string()),
});
export type SecretDeletedView = z.infer<typeof SecretDeletedView>;

const ServerRef = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  kind: z.enum(["hosted", "proxy", "hub"]),
  /** Where its values go. */
  origin: z.string(),
  enabled: z.boolean(),
});
export type ServerRef = z.infer<typeof ServerRef>;

/** One secret of the workspace: a name of one server, its mode, and what is stored for it. */
export const WorkspaceSecretView = z.object({
  server: ServerRef,
  name: z.string(),
  mode: z.enum(SECRET_MODES),
  /** Names of the headers that use it. */
  headers: z.array(z.string()),
  /** The workspace's value; null where none is set. */
  shared: StoredView.nullable(),
  /** How many members have a usable value of their own. */
  members: z.number().int(),
  /** True where calls wait for an admin: shared, used by a header, and no usable value. */
  missing: z.boolean(),
  /** Tools without required arguments, for a test call. */
  testTools: z.array(z.string()),
});
export type WorkspaceSecretView = z.infer<typeof WorkspaceSecretView>;

export const WorkspaceSecrets = z.object({ secrets: z.array(WorkspaceSecretView) });
export type WorkspaceSecrets = z.infer<typeof WorkspaceSecrets>;

/** One credential that a server asks each member for, as its member sees it. */
export const ConnectionView = z.object({
  server: ServerRef,
  name: z.string(),
  mode: z.enum(SECRET_MODES),
  /**
   * `set`: your own value is used. `shared`: the workspace's is, as you have set none. `missing`: calls wait for yours.
   * `outdated`: the server moved; set it again. `unused`: yours is stored, but the workspace's is used.
   */
  state: z.enum(["set", "shared", "missing", "outdated", "unused"]),
  own: StoredView.nullable(),
});
export type ConnectionView = z.infer<typeof ConnectionView>;

export const Connections = z.object({ connections: z.array(ConnectionView) });
export type Connections = z.infer<typeof Connections>;

/** Answer of setting an own value; `probe`: what the test with it showed. */
export const ConnectionSaved = z.object({ connection: ConnectionView, probe: ProbeView });
export type ConnectionSaved = z.infer<typeof ConnectionSaved>;

export const SecretModeView = z.object({ server: z.string(), name: z.string(), mode: z.enum(SECRET_MODES) });
export type SecretModeView = z.infer<typeof SecretModeView>;
