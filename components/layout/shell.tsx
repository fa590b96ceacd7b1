"use client";

import { Menu as MenuIcon, Search } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { paths } from "@/lib/paths";
import { CommandCenter } from "./command/command-center";
import { Logo } from "./logo";
import { type ShellProps, SideNav } from "./side-nav";

/** Frame of the signed-in product: sidebar on wide screens, top bar and drawer on narrow ones. */
export function Shell({ children, ...props }: ShellProps & { children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const [searching, setSearching] = useState(false);
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[15.5rem_minmax(0,1fr)]">
      <a
        href="#content"
        className="sr-only z-50 rounded-lg bg-accent px-4 py-2 text-on-accent text-sm focus:not-sr-only focus:fixed focus:top-3 focus:left-3"
      >
        Skip to content
      </a>
      <aside className="sticky top-0 hidden h-dvh flex-col gap-5 border-r px-3.5 py-4 lg:flex">
        <Link href={paths.workspaces} className="flex rounded-lg px-1.5">
          <Logo />
        </Link>
        <div className="min-h-0 flex-1">
          <SideNav {...props} onSearch={() => setSearching(true)} />
        </div>
      </aside>
      <header className="sticky top-0 z-30 flex h-14 items-center justify-between border-b bg-canvas/90 px-4 backdrop-blur lg:hidden">
        <Link href={paths.workspaces} className="flex rounded-lg">
          <Logo />
        </Link>
        <div className="flex gap-1">
          <Button variant="ghost" size="icon" aria-label="Search" onClick={() => setSearching(true)}>
            <Search aria-hidden />
          </Button>
          <Button variant="ghost" size="icon" aria-label="Open navigation" onClick={() => setOpen(true)}>
            <MenuIcon aria-hidden />
          </Button>
        </div>
      </header>
      <Dialog open={open} onOpenChange={setOpen} title="Navigation" kind="drawer" className="max-w-72 [&>div]:flex-1">
        <SideNav
          {...props}
          onNavigate={() => setOpen(false)}
          onSearch={() => {
            setOpen(false);
            setSearching(true);
          }}
        />
      </Dialog>
      <CommandCenter {...props} open={searching} onOpenChange={setSearching} />
      <main id="content" tabIndex={-1} className="mx-auto w-full max-w-6xl px-4 py-7 outline-none sm:px-8 lg:py-10">
        {children}
      </main>
    </div>
  );
}
