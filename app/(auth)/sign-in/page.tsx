import type { Metadata } from "next";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import type { PlainPage } from "@/app/page-props";
import { AuthCard } from "@/components/auth/auth-card";
import { Callout } from "@/components/ui/callout";
import { findUserCtx } from "@/lib/auth/context";
import { providerButtons } from "@/lib/auth/providers";
import { runtime } from "@/lib/auth/runtime";
import { cookieName } from "@/lib/auth/session";
import { paths } from "@/lib/paths";
import { safePath } from "@/lib/safe-path";
import { refusalOf } from "./refusals";
import { SignIn } from "./sign-in";

export const metadata: Metadata = { title: "Sign in" };

/** `?callbackUrl=` names the page of ours that sent the person here; `?error=` why a provider's sign-in came to nothing. */
export default async function SignInPage({ searchParams }: PlainPage) {
  const { callbackUrl, error } = await searchParams;
  const { env, secureCookies } = await runtime();
  const refusal = refusalOf(error);
  // Back from a provider only next-auth's cookie knows where the person wanted to go.
  const remembered = refusal && (await cookies()).get(cookieName("callback", secureCookies))?.value;
  const next = safePath(callbackUrl ?? remembered, env.baseUrl) ?? paths.workspaces;
  if (await findUserCtx()) redirect(next);
  return (
    <AuthCard title="Sign in" description="To the dashboard of this Aerostack installation.">
      {refusal && (
        <Callout tone="bad" title={refusal.title}>
          {refusal.text}
        </Callout>
      )}
      <SignIn next={next} providers={providerButtons(env.signIn)} />
    </AuthCard>
  );
}
