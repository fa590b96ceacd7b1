import {
  Activity,
  KeyRound,
  LayoutDashboard,
  type LucideIcon,
  Plug,
  Server,
  Settings,
  SlidersHorizontal,
} from "lucide-react";
import { paths } from "@/lib/paths";

/** One entry of the side navigation. */
export interface NavItem {
  title: string;
  href: string;
  icon: LucideIcon;
  /** Active for this path only, not for those below it. */
  exact?: boolean;
}

/** Pages of one workspace, in the order in which one needs them. */
export function workspaceNav(slug: string): NavItem[] {
  return [
    { title: "Overview", href: paths.workspace(slug), icon: LayoutDashboard, exact: true },
    { title: "Servers", href: paths.servers(slug), icon: Server },
    { title: "Tokens", href: paths.tokens(slug), icon: KeyRound },
    { title: "Connect", href: paths.connect(slug), icon: Plug },
    { title: "Calls", href: paths.calls(slug), icon: Activity },
    { title: "Settings", href: paths.settings(slug), icon: Settings },
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
