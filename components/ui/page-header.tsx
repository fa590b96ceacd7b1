import type { ReactNode } from "react";
import { Breadcrumbs, type Crumb } from "./breadcrumbs";

interface PageHeaderProps {
  title: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  /** Pages above this one, outermost first; for pages that the navigation does not name. */
  trail?: Crumb[];
}

/** Top of every page: what it is, what it is for, and its main action. */
export function PageHeader({ title, description, actions, trail }: PageHeaderProps) {
  return (
    <>
      {trail && <Breadcrumbs trail={trail} />}
      <header className="mb-6 flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
        <div className="grid min-w-0 gap-1">
          <h1 className="truncate font-semibold text-2xl">{title}</h1>
          {description && <p className="max-w-2xl text-pretty text-[0.9375rem] text-soft leading-6">{description}</p>}
        </div>
        {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
      </header>
    </>
  );
}
