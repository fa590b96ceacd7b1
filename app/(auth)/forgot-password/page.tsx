import type { Metadata } from "next";
import Link from "next/link";
import { AuthCard } from "@/components/auth/auth-card";
import { ForgotForm } from "@/components/auth/forgot-form";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { ANONYMOUS } from "@/lib/auth/anonymous";
import { requestCtx } from "@/lib/auth/context";
import { paths } from "@/lib/paths";
import { forgotPasswordAction } from "./actions";

export const metadata: Metadata = { title: "Forgot password" };

export default async function ForgotPasswordPage() {
  const { mail } = await requestCtx(ANONYMOUS);
  if (!mail)
    return (
      <AuthCard title="Forgot your password?" description="This installation sends no mail, so a person has to help.">
        <Callout title="Ask an owner or admin of your workspace">
          On your page under Members they make a link with which you choose a new password.
        </Callout>
        <Button asChild size="lg" variant="secondary">
          <Link href={paths.signIn}>Back to sign-in</Link>
        </Button>
      </AuthCard>
    );
  return (
    <AuthCard
      title="Forgot your password?"
      description="Type the e-mail address you sign in with. We send a link to choose a new password."
    >
      <ForgotForm onSubmit={forgotPasswordAction} />
    </AuthCard>
  );
}
