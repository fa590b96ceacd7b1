"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { cn } from "@/components/ui/cn";
import { Monogram } from "@/components/ui/monogram";
import { paths } from "@/lib/paths";
import { PaletteButton } from "./command/palette-button";
import { globalNav, isActive, type NavItem, slugOf, workspaceNav } from "./nav";
import { ThemeMenu } from "./theme-menu";
import { type WorkspaceChoice, WorkspaceSwitcher } from "./workspace-switcher";

export interface ShellProps {
  user: { name: string; email: string | null; instanceOwner: boolean };
  workspaces: WorkspaceChoice[];
}

interface NavEvents {
  /** A link was followed: the drawer closes. */
  onNavigate?(): void;
  /** Opens the palette. */
  onSearch(): void;
}

/** Everything one can go to; used as the sidebar and, on phones, inside the drawer. */
export function SideNav({ user, workspaces, onNavigate, onSearch }: ShellProps & NavEvents) {
  const pathname = usePathname();
  const slug = slugOf(pathname);
  const role = workspaces.find((workspace) => workspace.slug === slug)?.role ?? "";
  return (
    <div className="flex h-full flex-col gap-4">
      <div className="grid gap-1.5">
        <WorkspaceSwitcher current={slug} workspaces={workspaces} />
        <PaletteButton onOpen={onSearch} />
      </div>
      <nav aria-label="Main" className="-mx-1 grid min-h-0 content-start gap-4 overflow-y-auto px-1 py-0.5">
        {slug &&
          workspaceNav(slug, role).map(({ title, items }) => (
            <div key={title} className="grid content-start gap-0.5">
              {title && <p className="px-2.5 pb-1 font-medium text-faint text-xs">{title}</p>}
              {items.map((item) => (
                <NavLink key={item.href} item={item} active={isActive(item, pathname)} onClick={onNavigate} />
              ))}
            </div>
          ))}
      </nav>
      <div className="mt-auto grid grid-cols-1 gap-2">
        <nav aria-label="Installation" className="grid gap-0.5">
          {globalNav(user.instanceOwner).map((item) => (
            <NavLink key={item.href} item={item} active={isActive(item, pathname)} onClick={onNavigate} />
          ))}
        </nav>
        <div className="flex items-center gap-1 border-t pt-3">
          <Link
            href={paths.account}
            onClick={onNavigate}
            aria-current={pathname === paths.account ? "page" : undefined}
            className="flex min-w-0 flex-1 items-center gap-2.5 rounded-lg p-1.5 hover:bg-muted aria-[current=page]:bg-muted"
          >
            <Monogram name={user.name} round className="size-7" />
            <span className="min-w-0 leading-tight">
              <span className="block truncate font-medium text-sm">{user.name}</span>
              <span className="block truncate text-faint text-xs">{user.email ?? "Account"}</span>
            </span>
          </Link>
          <ThemeMenu />
        </div>
      </div>
    </div>
  );
}

function NavLink({ item, active, onClick }: { item: NavItem; active: boolean; onClick?(): void }) {
  const Icon = item.icon;
  return (
    <Link
      href={item.href}
      onClick={onClick}
      aria-current={active ? "page" : undefined}
      className={cn(
        "flex h-8 items-center gap-2.5 rounded-lg px-2.5 text-sm transition-colors",
        active ? "bg-accent-soft font-medium text-accent-text" : "text-soft hover:bg-muted hover:text-ink",
      )}
    >
      <Icon aria-hidden className="size-4" />
      {item.title}
    </Link>
  );
}
