import type { Metadata } from "next";
import Link from "next/link";
import type { PlainPage } from "@/app/page-props";
import { AuthCard } from "@/components/auth/auth-card";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { ANONYMOUS } from "@/lib/auth/anonymous";
import { requestCtx } from "@/lib/auth/context";
import { paths } from "@/lib/paths";
import { hasOwner, isSetupTokenValid } from "@/lib/services/setup/setup-link";
import { Setup } from "./setup";

export const metadata: Metadata = { title: "Set up" };

export default async function SetupPage({ searchParams }: PlainPage) {
  const { token } = await searchParams;
  const ctx = await requestCtx(ANONYMOUS);
  if (await hasOwner(ctx.db))
    return (
      <AuthCard title="Already set up" description="This installation has an owner. Sign in to go on.">
        <Button asChild size="lg">
          <Link href={paths.signIn}>Sign in</Link>
        </Button>
      </AuthCard>
    );
  if (typeof token !== "string" || !(await isSetupTokenValid(ctx, token)))
    return (
      <AuthCard title="This link does not work" description="Only the newest set-up link works, and only once.">
        <Callout title="Where to find it">
          The server prints the link in its terminal when it starts without an owner. Start it again to get a new one.
        </Callout>
      </AuthCard>
    );
  return (
    <AuthCard
      title="Welcome. Create the owner account"
      description="The owner signs in here and decides which servers, people and networks this installation works with."
    >
      <Setup token={token} />
    </AuthCard>
  );
}
