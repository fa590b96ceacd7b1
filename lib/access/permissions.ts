import type { Role } from "@/db/schema/members";

interface Permission {
  /** Who may, by role; whoever is not named may not. */
  roles: readonly Role[];
  /** In words, for the dashboard's table and for refusals ("Only … may …"). */
  may: string;
}

const OWNER = ["owner"] as const;
const ADMINS = ["owner", "admin"] as const;
const USERS = ["owner", "admin", "member"] as const;
const READERS = ["owner", "admin", "auditor"] as const;
const EVERYONE = ["owner", "admin", "member", "auditor"] as const;

/**
 * The one table of who may do what in a workspace. Verbs ask it by name (`requirePermission`), the gateway for
 * `gateway.use`, and the dashboard shows it as it stands.
 */
export const PERMISSIONS = {
  "gateway.use": { roles: USERS, may: "call tools through the gateway" },
  "workspace.read": { roles: EVERYONE, may: "see the workspace and its overview" },
  "workspace.update": { roles: ADMINS, may: "rename the workspace and change its settings" },
  "workspace.delete": { roles: OWNER, may: "delete the workspace" },
  "server.read": { roles: EVERYONE, may: "see servers and tools" },
  "server.manage": { roles: ADMINS, may: "add, change and remove servers, switch tools" },
  "function.manage": { roles: ADMINS, may: "write, deploy and roll back functions, read their logs" },
  "secret.manage": { roles: ADMINS, may: "set and delete shared secrets (nobody can read one)" },
  "secret.own": { roles: USERS, may: "set and delete own credentials under My connections" },
  "rule.manage": { roles: ADMINS, may: "set tool scopes and argument rules" },
  "member.read": { roles: READERS, may: "see all members" },
  "member.manage": { roles: ADMINS, may: "invite, change and remove members and auditors" },
  "member.manage_admins": { roles: OWNER, may: "make, change and remove admins and owners" },
  "domain.manage": { roles: OWNER, may: "let people of a mail domain join by themselves" },
  "token.own": { roles: USERS, may: "create and revoke own tokens and grants" },
  "token.manage": { roles: ADMINS, may: "create and revoke everyone's tokens and grants" },
  "call.read_own": { roles: EVERYONE, may: "see and export own calls" },
  "call.read": { roles: READERS, may: "see and export everyone's calls" },
  "call.payload": { roles: ADMINS, may: "read and export kept payloads of calls" },
  "audit.read": { roles: READERS, may: "see, verify and export the audit log" },
} as const satisfies Record<string, Permission>;
export type PermissionName = keyof typeof PERMISSIONS;

/** Whether a role carries a permission; an unknown role carries none. */
export const allows = (role: string, permission: PermissionName): boolean =>
  (PERMISSIONS[permission].roles as readonly string[]).includes(role);
