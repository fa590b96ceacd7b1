import { ChevronRight } from "lucide-react";
import Link from "next/link";

/** A page above the one at hand. */
export interface Crumb {
  title: string;
  href: string;
}

/** The way back up from a page that the navigation does not name. */
export function Breadcrumbs({ trail, label = "Breadcrumb" }: { trail: Crumb[]; label?: string }) {
  return (
    <nav aria-label={label} className="mb-3">
      <ol className="flex flex-wrap items-center gap-1 text-sm">
        {trail.map(({ title, href }) => (
          <li key={href} className="flex min-w-0 items-center gap-1">
            <Link href={href} className="max-w-60 truncate rounded py-1 text-soft hover:text-ink">
              {title}
            </Link>
            <ChevronRight aria-hidden className="size-3.5 shrink-0 text-faint" />
          </li>
        ))}
      </ol>
    </nav>
  );
}
