import { FunctionSquare, type LucideIcon, Plug, Store } from "lucide-react";
import Link from "next/link";
import { cn } from "@/components/ui/cn";
import { paths } from "@/lib/paths";

/** Ways in which a server comes into a workspace: one that runs elsewhere, one written here, one from a catalogue. */
export function AddMode({ slug, current }: { slug: string; current: "proxy" | "host" }) {
  return (
    <nav aria-label="Kind of server" className="mb-6 grid max-w-4xl gap-2.5 sm:grid-cols-3">
      <Mode
        href={paths.newServer(slug)}
        current={current === "proxy"}
        icon={Plug}
        title="Proxy"
        text="A server that runs somewhere, by its URL"
      />
      <Mode
        href={paths.newFunction(slug)}
        current={current === "host"}
        icon={FunctionSquare}
        title="Host"
        text="Write it here in TypeScript; this installation runs it"
      />
      <Mode
        href={paths.hub(slug)}
        current={false}
        icon={Store}
        title="Hub"
        text="Ready-made servers, many by one click"
      />
    </nav>
  );
}

interface ModeProps {
  href: string;
  current: boolean;
  icon: LucideIcon;
  title: string;
  text: string;
}

function Mode({ href, current, icon: Icon, title, text }: ModeProps) {
  return (
    <Link
      href={href}
      aria-current={current ? "page" : undefined}
      className={cn(
        "flex items-start gap-3 rounded-xl border p-3.5 text-sm",
        current ? "border-accent bg-accent-soft" : "bg-surface hover:bg-muted",
      )}
    >
      <Icon aria-hidden className={cn("mt-0.5 size-4 shrink-0", current ? "text-accent-text" : "text-faint")} />
      <span>
        <span className="block font-medium">{title}</span>
        <span className="block text-faint text-xs leading-5">{text}</span>
      </span>
    </Link>
  );
}
