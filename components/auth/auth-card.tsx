import Link from "next/link";
import type { ReactNode } from "react";
import { Logo } from "@/components/layout/logo";
import { paths } from "@/lib/paths";

/** The calm page around sign-in and set-up. */
export function AuthCard({
  title,
  description,
  children,
}: {
  title: string;
  description: ReactNode;
  children: ReactNode;
}) {
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-12">
      <div className="grid w-full max-w-[25rem] gap-8">
        <Link href={paths.home} className="flex justify-self-start rounded-lg">
          <Logo />
        </Link>
        <div className="grid gap-1.5">
          <h1 className="font-semibold text-2xl">{title}</h1>
          <p className="text-pretty text-[0.9375rem] text-soft leading-6">{description}</p>
        </div>
        {children}
      </div>
    </main>
  );
}
