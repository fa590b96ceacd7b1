import { Badge } from "@/components/ui/badge";
import { allows, PERMISSIONS, type PermissionName } from "@/lib/access/permissions";

/** What each role is for, in one line; the whole table is under Roles. */
export const ROLE_TEXT = {
  owner: "Everything, including admins, other owners and deleting the workspace.",
  admin: "Servers, secrets, members, tokens and rules; not admins and owners.",
  member: "Calls tools with tokens of their own and sees their own calls.",
  auditor: "Sees members, everyone's calls and the audit log, and exports them. Calls no tools.",
} as const;
export type RoleWord = keyof typeof ROLE_TEXT;
export const ROLE_WORDS = Object.keys(ROLE_TEXT) as RoleWord[];

/** The roles that somebody may hand out: admins none above their own reach. */
export const grantableRoles = (actor: string): RoleWord[] =>
  allows(actor, "member.manage_admins")
    ? ROLE_WORDS
    : ROLE_WORDS.filter((role) => role === "member" || role === "auditor");

/** Whether the actor may change or remove someone of that role. */
export const mayManage = (actor: string, role: string): boolean =>
  allows(actor, role === "owner" || role === "admin" ? "member.manage_admins" : "member.manage");

/** The permissions that a change of role gives and takes. */
export function roleChange(from: string, to: string): { gains: string[]; loses: string[] } {
  const names = Object.keys(PERMISSIONS) as PermissionName[];
  const words = (a: string, b: string) =>
    names.filter((name) => allows(a, name) && !allows(b, name)).map((name) => PERMISSIONS[name].may);
  return { gains: words(to, from), loses: words(from, to) };
}

/** A role by word. */
export function RoleBadge({ role }: { role: string }) {
  return (
    <Badge tone={role === "owner" ? "accent" : "neutral"} className="capitalize">
      {role}
    </Badge>
  );
}
