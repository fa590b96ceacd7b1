import { z } from "zod";
import { DisplayName, Ref } from "@/lib/services/fields";
import { RoleName } from "./view";

/** A machine (CI, an agent): it has tokens, the role member, and never signs in. */
export const AddServiceMemberInput = z.strictObject({ name: DisplayName });
export type AddServiceMemberInput = z.input<typeof AddServiceMemberInput>;

export const GetMemberInput = z.strictObject({ member: Ref });
export type GetMemberInput = z.input<typeof GetMemberInput>;

export const ChangeMemberRoleInput = z.strictObject({ member: Ref, role: RoleName });
export type ChangeMemberRoleInput = z.input<typeof ChangeMemberRoleInput>;

const ToolNames = z.array(z.string().min(1, "A tool's name is needed").max(128, "At most 128 characters"));

/** Servers by slug or id, each with all of its tools (null) or the named ones; stored by id. */
export const ToolScopeInput = z.strictObject({
  readOnly: z.boolean("true or false").default(false),
  servers: z
    .record(Ref, ToolNames.max(1_000, "At most 1000 tools a server").nullable())
    .refine((servers) => Object.keys(servers).length <= 200, "At most 200 servers")
    .nullable()
    .default(null),
});
export type ToolScopeInput = z.input<typeof ToolScopeInput>;

/** `scope` null: all tools. */
export const SetMemberScopeInput = z.strictObject({ member: Ref, scope: ToolScopeInput.nullable() });
export type SetMemberScopeInput = z.input<typeof SetMemberScopeInput>;

/** Both of the preview and of the removal itself. */
export const RemoveMemberInput = z.strictObject({ member: Ref });
export type RemoveMemberInput = z.input<typeof RemoveMemberInput>;
