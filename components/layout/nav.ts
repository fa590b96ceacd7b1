import {
  Activity,
  FileClock,
  FunctionSquare,
  KeyRound,
  LayoutDashboard,
  LockKeyhole,
  type LucideIcon,
  Plug,
  Server,
  Settings,
  ShieldCheck,
  SlidersHorizontal,
  UserKey,
  Users,
} from "lucide-react";
import { allows, type PermissionName } from "@/lib/access/permissions";
import { paths } from "@/lib/paths";

/** One entry of the side navigation. */
export interface NavItem {
  title: string;
  href: string;
  icon: LucideIcon;
  /** Active for this path only, not for those below it. */
  exact?: boolean;
}

/** Entries that belong together; the first group needs no title. */
export interface NavGroup {
  title: string | null;
  items: NavItem[];
}

type Entry = NavItem & { needs: PermissionName };

const use = (slug: string): Entry[] => [
  { title: "Overview", href: paths.workspace(slug), icon: LayoutDashboard, exact: true, needs: "workspace.read" },
  { title: "Connect", href: paths.connect(slug), icon: Plug, needs: "gateway.use" },
  { title: "My connections", href: paths.connections(slug), icon: UserKey, needs: "secret.own" },
  { title: "Calls", href: paths.calls(slug), icon: Activity, needs: "call.read_own" },
];

const manage = (slug: string): Entry[] => [
  { title: "Servers", href: paths.servers(slug), icon: Server, needs: "server.read" },
  { title: "Functions", href: paths.functions(slug), icon: FunctionSquare, needs: "function.manage" },
  { title: "Secrets", href: paths.secrets(slug), icon: LockKeyhole, needs: "secret.manage" },
  { title: "Members", href: paths.members(slug), icon: Users, needs: "member.read" },
  { title: "Tokens", href: paths.tokens(slug), icon: KeyRound, needs: "token.own" },
  { title: "Rules", href: paths.rules(slug), icon: ShieldCheck, needs: "rule.manage" },
  { title: "Audit", href: paths.audit(slug), icon: FileClock, needs: "audit.read" },
  { title: "Settings", href: paths.settings(slug), icon: Settings, needs: "workspace.update" },
];

/** Pages of one workspace that a role has any use for: what one works with, then what one looks after. */
export function workspaceNav(slug: string, role: string): NavGroup[] {
  const open = (entries: Entry[]) => entries.filter((entry) => allows(role, entry.needs));
  return [
    { title: null, items: open(use(slug)) },
    { title: allows(role, "workspace.update") ? "Manage" : "Workspace", items: open(manage(slug)) },
  ];
}

/** Pages outside any workspace. */
export function globalNav(instanceOwner: boolean): NavItem[] {
  return instanceOwner ? [{ title: "Instance", href: paths.instance, icon: SlidersHorizontal }] : [];
}

/** The workspace that a path lies in, or null. */
export function slugOf(pathname: string): string | null {
  const slug = /^\/w\/([^/]+)/.exec(pathname)?.[1];
  return slug && slug !== "new" ? slug : null;
}

export const isActive = (item: NavItem, pathname: string): boolean =>
  pathname === item.href || (!item.exact && pathname.startsWith(`${item.href}/`));
