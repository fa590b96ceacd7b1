import { BRAND_COLOURS, type BrandIconName } from "./brand-colours";
import { cn } from "./cn";
import { Monogram } from "./monogram";

interface BrandIconProps {
  /** The mark's name in `public/brand-icons.svg`; anything else shows the monogram of `name`. */
  icon: string | null;
  name: string;
  className?: string;
}

/**
 * The mark of a product on a tile, in its own colour as far as that can be read in the theme. All marks come from one
 * file of ours: a picture is never fetched from elsewhere, and what an upstream offers as its icon is never shown.
 */
export function BrandIcon({ icon, name, className }: BrandIconProps) {
  if (!isBrandIcon(icon)) return <Monogram name={name} className={className} />;
  const [light, dark] = BRAND_COLOURS[icon];
  return (
    <span
      aria-hidden
      style={{ "--light": light, "--dark": dark } as React.CSSProperties}
      className={cn(
        "grid size-8 shrink-0 place-items-center rounded-lg border bg-muted text-(--light) dark:text-(--dark)",
        className,
      )}
    >
      <svg aria-hidden focusable="false" className="size-[58%] fill-current">
        <use href={`/brand-icons.svg#${icon}`} />
      </svg>
    </span>
  );
}

/** Whether there is a mark of this name. */
export const isBrandIcon = (icon: string | null): icon is BrandIconName =>
  icon !== null && Object.hasOwn(BRAND_COLOURS, icon);
