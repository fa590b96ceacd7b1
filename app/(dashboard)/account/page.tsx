import type { Metadata } from "next";
import { ApiKeyManager } from "@/components/account/api-key-manager";
import { AppearanceCard } from "@/components/account/appearance-card";
import { PasswordCard } from "@/components/account/password-card";
import { ProfileCard } from "@/components/account/profile-card";
import { SessionList } from "@/components/account/session-list";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { Monogram } from "@/components/ui/monogram";
import { PageHeader } from "@/components/ui/page-header";
import { requireUserCtx } from "@/lib/auth/context";
import { providerButtons } from "@/lib/auth/providers";
import { runtime } from "@/lib/auth/runtime";
import { listApiKeys } from "@/lib/services/api-key/list";
import { listSessions } from "@/lib/services/session/list";
import { getSignInWays } from "@/lib/services/user/get-sign-in-ways";
import {
  changePasswordAction,
  createApiKeyAction,
  endOtherSessionsAction,
  endSessionAction,
  endSessionsEverywhereAction,
  revokeApiKeyAction,
  updateProfileAction,
} from "./actions";
import { SignOut } from "./sign-out";

export const metadata: Metadata = { title: "Account" };

export default async function AccountPage() {
  const ctx = await requireUserCtx();
  const { name, email, instanceOwner } = ctx.actor;
  const { env } = await runtime();
  return (
    <>
      <PageHeader title="Account" />
      <div className="grid grid-cols-1 gap-6">
        <Card className="flex flex-wrap items-center gap-4 p-5">
          <Monogram name={name} round className="size-12 text-sm" />
          <div className="min-w-0 flex-1">
            <p className="flex flex-wrap items-center gap-2.5 font-semibold">
              {name} {instanceOwner && <Badge tone="accent">Owner of this installation</Badge>}
            </p>
            <p className="truncate text-soft text-sm">{email}</p>
          </div>
          <SignOut />
        </Card>
        <ProfileCard key={name} profile={{ name, email: email ?? "" }} onSave={updateProfileAction} />
        <AppearanceCard />
        <SessionList
          sessions={await listSessions(ctx)}
          providers={Object.fromEntries(providerButtons(env.signIn).map(({ id, name: label }) => [id, label]))}
          onEnd={endSessionAction}
          onEndOthers={endOtherSessionsAction}
          onEndEverywhere={endSessionsEverywhereAction}
        />
        <PasswordCard
          email={email ?? ""}
          hasPassword={(await getSignInWays(ctx)).password}
          onSubmit={changePasswordAction}
        />
        <ApiKeyManager
          keys={await listApiKeys(ctx)}
          origin={ctx.publicUrl}
          onCreate={createApiKeyAction}
          onRevoke={revokeApiKeyAction}
        />
      </div>
    </>
  );
}
