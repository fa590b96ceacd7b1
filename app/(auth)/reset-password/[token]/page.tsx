import type { Metadata } from "next";
import Link from "next/link";
import { AuthCard } from "@/components/auth/auth-card";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { ANONYMOUS } from "@/lib/auth/anonymous";
import { requestCtx } from "@/lib/auth/context";
import { paths } from "@/lib/paths";
import { readReset } from "@/lib/services/user/reset-link";
import { Reset } from "./reset";

export const metadata: Metadata = { title: "New password" };

export default async function ResetPasswordPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const reset = await readReset(await requestCtx(ANONYMOUS), token);
  if (!reset.valid)
    return (
      <AuthCard title="This link does not work" description="It was used already, or it is older than an hour.">
        <Callout title="You can ask for a new one">Each link works once, so that nobody can use it after you.</Callout>
        <Button asChild size="lg">
          <Link href={paths.forgotPassword}>Get a new link</Link>
        </Button>
      </AuthCard>
    );
  return (
    <AuthCard title="Choose a new password" description={`For ${reset.email}. You will be signed out everywhere else.`}>
      <Reset token={token} email={reset.email} />
    </AuthCard>
  );
}
