import {
  Activity,
  ChartColumn,
  FileClock,
  FileDown,
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
  Store,
  UserKey,
  Users,
  Wrench,
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
  /** Second key of the chord that leads here: `g` then this. */
  chord?: string;
}

/** Entries that belong together; the first group needs no title. */
export interface NavGroup {
  title: string | null;
  items: NavItem[];
}

type Entry = NavItem & { needs: PermissionName };

/** What one works with, what the workspace is made of, who gets in, and what is kept. */
const entries = (slug: string): { title: string | null; items: Entry[] }[] => [
  {
    title: null,
    items: [
      {
        title: "Overview",
        href: paths.workspace(slug),
        icon: LayoutDashboard,
        exact: true,
        chord: "o",
        needs: "workspace.read",
      },
      { title: "Connect", href: paths.connect(slug), icon: Plug, chord: "n", needs: "gateway.use" },
      { title: "My connections", href: paths.connections(slug), icon: UserKey, needs: "secret.own" },
      { title: "Tools", href: paths.tools(slug), icon: Wrench, chord: "t", needs: "server.read" },
      { title: "Calls", href: paths.calls(slug), icon: Activity, chord: "c", needs: "call.read_own" },
      { title: "Analytics", href: paths.analytics(slug), icon: ChartColumn, chord: "a", needs: "call.read_own" },
    ],
  },
  {
    title: "Build",
    items: [
      { title: "Servers", href: paths.servers(slug), icon: Server, chord: "s", needs: "server.read" },
      { title: "Hub", href: paths.hub(slug), icon: Store, chord: "h", needs: "server.read" },
      { title: "Functions", href: paths.functions(slug), icon: FunctionSquare, chord: "f", needs: "function.manage" },
      { title: "Secrets", href: paths.secrets(slug), icon: LockKeyhole, chord: "x", needs: "secret.manage" },
    ],
  },
  {
    title: "Access",
    items: [
      { title: "Members", href: paths.members(slug), icon: Users, chord: "m", needs: "member.read" },
      { title: "Tokens", href: paths.tokens(slug), icon: KeyRound, chord: "k", needs: "token.own" },
      { title: "Rules", href: paths.rules(slug), icon: ShieldCheck, chord: "r", needs: "rule.manage" },
    ],
  },
  {
    title: "Records",
    items: [
      { title: "Audit", href: paths.audit(slug), icon: FileClock, chord: "u", needs: "audit.read" },
      { title: "Exports", href: paths.exports(slug), icon: FileDown, chord: "e", needs: "call.read_own" },
      { title: "Settings", href: paths.settings(slug), icon: Settings, chord: "p", needs: "workspace.update" },
    ],
  },
];

/** Pages of one workspace that a role has any use for. */
export function workspaceNav(slug: string, role: string): NavGroup[] {
  return entries(slug)
    .map(({ title, items }) => ({ title, items: items.filter((entry) => allows(role, entry.needs)) }))
    .filter(({ items }) => items.length > 0);
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

/** The permission that the page at a path asks for; null: none beyond being a member, or no page of a workspace. */
export function neededFor(pathname: string): PermissionName | null {
  const slug = slugOf(pathname);
  if (slug === null) return null;
  if (pathname === paths.newServer(slug)) return "server.manage";
  const all = entries(slug).flatMap(({ items }) => items);
  return all.find((entry) => isActive(entry, pathname))?.needs ?? null;
}

export const isActive = (item: NavItem, pathname: string): boolean =>
  pathname === item.href || (!item.exact && pathname.startsWith(`${item.href}/`));
