import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AuthCard } from "@/components/auth/auth-card";
import { findUserCtx } from "@/lib/auth/context";
import { paths } from "@/lib/paths";
import { SignIn } from "./sign-in";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage() {
  if (await findUserCtx()) redirect(paths.workspaces);
  return (
    <AuthCard title="Sign in" description="To the dashboard of this Aerostack installation.">
      <SignIn />
    </AuthCard>
  );
}
