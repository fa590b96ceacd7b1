"use client";

import { Contrast, History, Keyboard, LayoutGrid, Server, Store, User, Wrench } from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { useTheme } from "next-themes";
import { type ReactNode, useEffect, useState } from "react";
import { CommandDialog, CommandGroup, CommandItem } from "@/components/ui/command-dialog";
import { copyText } from "@/components/ui/copy";
import { Kbd } from "@/components/ui/kbd";
import { Monogram } from "@/components/ui/monogram";
import { toast } from "@/components/ui/toast";
import { paths } from "@/lib/paths";
import { globalNav, type NavItem, slugOf, workspaceNav } from "../nav";
import type { ShellProps } from "../side-nav";
import { workspaceActions } from "./actions";
import { type Recent, readRecent, rememberRecent } from "./recent";
import { type Thing, useThings } from "./use-things";

interface PaletteProps extends ShellProps {
  open: boolean;
  onOpenChange(open: boolean): void;
  onHelp(): void;
}

const KINDS: Record<Thing["kind"], { title: string; icon: ReactNode }> = {
  server: { title: "Servers", icon: <Server aria-hidden /> },
  tool: { title: "Tools", icon: <Wrench aria-hidden /> },
  member: { title: "Members", icon: <User aria-hidden /> },
  listing: { title: "Hub", icon: <Store aria-hidden /> },
};

/** Everything one can go to or do, by a few letters. */
export function Palette({ open, onOpenChange, onHelp, user, workspaces }: PaletteProps) {
  const router = useRouter();
  const slug = slugOf(usePathname());
  const workspace = workspaces.find((each) => each.slug === slug);
  const { resolvedTheme, setTheme } = useTheme();
  const [search, setSearch] = useState("");
  const [recent, setRecent] = useState<Recent[]>([]);
  const { things, loading, failed } = useThings(workspace?.slug ?? null, workspace?.role ?? "", open, search);
  useEffect(() => {
    if (open) setRecent(readRecent());
    else setSearch("");
  }, [open]);

  const close = () => onOpenChange(false);
  function go(place: Recent) {
    rememberRecent(place);
    close();
    router.push(place.href);
  }
  async function copy(title: string, text: string) {
    close();
    if (await copyText(text))
      toast.success("Copied", { description: "Put your own token in the place of mwt_your_token." });
    else toast.error(`${title}: copying failed`, { description: "Open the connect page and copy it there." });
  }
  const pages: NavItem[] = [
    ...(workspace ? workspaceNav(workspace.slug, workspace.role).flatMap(({ items }) => items) : []),
    { title: "All workspaces", href: paths.workspaces, icon: LayoutGrid, chord: "w" },
    { title: "Your account", href: paths.account, icon: User },
    ...globalNav(user.instanceOwner),
  ];
  const kinds = Object.keys(KINDS) as Thing["kind"][];
  return (
    <CommandDialog
      open={open}
      onOpenChange={onOpenChange}
      title="Go to or do"
      placeholder={workspace ? "Search pages, servers, tools, members…" : "Search workspaces and pages…"}
      search={search}
      onSearch={setSearch}
      empty={
        loading ? "Searching…" : failed ? "The search did not reach the server. Try again." : `Nothing fits “${search}”`
      }
      footer={
        <>
          <span className="flex items-center gap-1.5">
            <Kbd>↑</Kbd>
            <Kbd>↓</Kbd> move
          </span>
          <span className="flex items-center gap-1.5">
            <Kbd>↵</Kbd> open
          </span>
          <span className="ml-auto flex items-center gap-1.5">
            <Kbd>?</Kbd> all keys
          </span>
        </>
      }
    >
      {search === "" && recent.length > 0 && (
        <CommandGroup title="Recent">
          {recent.map((place) => (
            <CommandItem
              key={place.href}
              value={`recent:${place.href}`}
              icon={<History aria-hidden />}
              onSelect={() => go(place)}
            >
              {place.title}
            </CommandItem>
          ))}
        </CommandGroup>
      )}
      {kinds.map((kind) => {
        const found = things.filter((thing) => thing.kind === kind);
        return (
          found.length > 0 && (
            <CommandGroup key={kind} title={KINDS[kind].title}>
              {found.map((thing) => (
                <CommandItem
                  key={thing.id}
                  value={`${kind}:${thing.id}`}
                  keywords={[thing.title, thing.hint]}
                  icon={KINDS[kind].icon}
                  hint={thing.hint}
                  onSelect={() => go({ href: thing.href, title: thing.title })}
                >
                  {thing.title}
                </CommandItem>
              ))}
            </CommandGroup>
          )
        );
      })}
      <CommandGroup title="Pages">
        {pages.map(({ title, href, icon: Icon, chord }) => (
          <CommandItem
            key={href}
            value={`page:${href}`}
            keywords={[title]}
            icon={<Icon aria-hidden />}
            end={
              chord && (
                <>
                  <Kbd>g</Kbd>
                  <Kbd>{chord}</Kbd>
                </>
              )
            }
            onSelect={() =>
              go({ href, title: workspace && href.includes(`/w/${slug}`) ? `${title} · ${workspace.name}` : title })
            }
          >
            {title}
          </CommandItem>
        ))}
      </CommandGroup>
      <CommandGroup title="Actions">
        {open && // what it copies depends on the browser, so it is not made while the server renders
          workspace &&
          workspaceActions(workspace).map(({ title, icon: Icon, keywords, href, copy: text }) => (
            <CommandItem
              key={title}
              value={`do:${title}`}
              keywords={keywords}
              icon={<Icon aria-hidden />}
              onSelect={() => (text === undefined ? go({ href: href ?? "", title }) : void copy(title, text))}
            >
              {title}
            </CommandItem>
          ))}
        <CommandItem
          value="do:Toggle theme"
          keywords={["dark", "light", "appearance"]}
          icon={<Contrast aria-hidden />}
          onSelect={() => {
            setTheme(resolvedTheme === "dark" ? "light" : "dark");
            close();
          }}
        >
          Toggle theme
        </CommandItem>
        <CommandItem
          value="do:Keyboard shortcuts"
          keywords={["help", "keys"]}
          icon={<Keyboard aria-hidden />}
          end={<Kbd>?</Kbd>}
          onSelect={() => {
            close();
            onHelp();
          }}
        >
          Keyboard shortcuts
        </CommandItem>
      </CommandGroup>
      <CommandGroup title="Workspaces">
        {workspaces.map(({ slug: other, name }) => (
          <CommandItem
            key={other}
            value={`workspace:${other}`}
            keywords={[name]}
            icon={<Monogram name={name} className="size-5 rounded-md text-[0.5rem]" />}
            hint={other}
            onSelect={() => go({ href: paths.workspace(other), title: name })}
          >
            {name}
          </CommandItem>
        ))}
      </CommandGroup>
    </CommandDialog>
  );
}
