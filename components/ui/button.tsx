import { cva, type VariantProps } from "class-variance-authority";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";
import { Spinner } from "./spinner";

const button = cva(
  "inline-flex max-w-full shrink-0 select-none items-center justify-center overflow-hidden gap-2 whitespace-nowrap rounded-lg font-medium transition-colors disabled:pointer-events-none disabled:opacity-55 aria-disabled:pointer-events-none aria-disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        primary: "bg-accent text-on-accent shadow-card hover:bg-accent-hover",
        secondary: "border border-line-strong/70 bg-surface text-ink shadow-card hover:bg-muted",
        ghost: "text-soft hover:bg-muted hover:text-ink",
        danger: "bg-bad text-white shadow-card hover:opacity-90 dark:bg-bad-soft dark:text-bad dark:hover:opacity-80",
        quietDanger: "text-bad hover:bg-bad-soft",
      },
      size: {
        sm: "h-8 px-3 text-[0.8125rem]",
        md: "h-9 px-4 text-sm",
        lg: "h-11 px-5 text-[0.9375rem]",
        icon: "size-8",
      },
    },
    defaultVariants: { variant: "primary", size: "md" },
  },
);

interface ButtonProps extends ComponentProps<"button">, VariantProps<typeof button> {
  /** Renders the child (a link) in the button's looks. */
  asChild?: boolean;
  /** Work is under way: shows a spinner and takes no second press. */
  pending?: boolean;
}

/** The one button of the product. */
export function Button({ asChild, pending, variant, size, className, children, disabled, ...props }: ButtonProps) {
  const classes = cn(button({ variant, size }), className);
  if (asChild) {
    return (
      <Slot.Root className={classes} {...props}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button
      type="button"
      className={classes}
      disabled={disabled || pending}
      aria-busy={pending || undefined}
      {...props}
    >
      {pending && <Spinner />}
      {children}
    </button>
  );
}
