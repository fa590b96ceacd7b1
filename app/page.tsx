import Link from "next/link";
import { Hero } from "@/components/front/hero";
import { Modes, Promises } from "@/components/front/modes";
import { Logo } from "@/components/layout/logo";
import { ThemeMenu } from "@/components/layout/theme-menu";
import { Button } from "@/components/ui/button";
import { ANONYMOUS } from "@/lib/auth/anonymous";
import { findUserCtx, requestCtx } from "@/lib/auth/context";
import { paths } from "@/lib/paths";
import { hasOwner } from "@/lib/services/setup/setup-link";

export default async function FrontPage() {
  const [user, visitor] = await Promise.all([findUserCtx(), requestCtx(ANONYMOUS)]);
  const needsSetup = !user && !(await hasOwner(visitor.db));
  return (
    <div className="overflow-x-clip">
      <div className="mx-auto grid w-full max-w-6xl gap-20 px-5 pb-16 sm:px-8">
        <header className="-mb-8 flex h-20 items-center justify-between">
          <Logo />
          <div className="flex items-center gap-2">
            <ThemeMenu />
            {!needsSetup && (
              <Button asChild variant="secondary">
                <Link href={user ? paths.workspaces : paths.signIn}>{user ? "Dashboard" : "Sign in"}</Link>
              </Button>
            )}
          </div>
        </header>
        <main className="grid gap-20">
          <Hero signedIn={user !== null} needsSetup={needsSetup} origin={visitor.publicUrl} />
          <Modes />
          <Promises />
        </main>
      </div>
    </div>
  );
}
