import { FileCode2, FileJson2 } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { paths } from "@/lib/paths";
import type { TemplateView } from "@/lib/services/function/view";
import { templateIcon } from "./template-icons";

/** Ways to begin, as links to the page that names the function. */
export function TemplateGrid({ slug, templates }: { slug: string; templates: TemplateView[] }) {
  const to = (from: string) => `${paths.newFunction(slug)}?from=${encodeURIComponent(from)}`;
  return (
    <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
      <Tile
        href={to("blank")}
        icon={<FileCode2 aria-hidden />}
        title="Blank"
        text="A small working tool to write over"
      />
      <Tile
        href={to("openapi")}
        icon={<FileJson2 aria-hidden />}
        title="OpenAPI import"
        text="Choose operations of an API you have a document for"
      />
      {templates.map(({ id, title, description }) => {
        const Icon = templateIcon(id);
        return <Tile key={id} href={to(id)} icon={<Icon aria-hidden />} title={title} text={description} />;
      })}
    </ul>
  );
}

function Tile({ href, icon, title, text }: { href: string; icon: ReactNode; title: string; text: string }) {
  return (
    <li className="grid">
      <Link
        href={href}
        className="flex items-start gap-3 rounded-xl border bg-surface p-4 text-sm shadow-card transition-colors hover:border-line-strong hover:bg-muted/50"
      >
        <span className="grid size-8 shrink-0 place-items-center rounded-lg bg-muted text-soft [&_svg]:size-4">
          {icon}
        </span>
        <span className="grid gap-0.5">
          <span className="font-medium">{title}</span>
          <span className="text-faint text-xs leading-5">{text}</span>
        </span>
      </Link>
    </li>
  );
}
