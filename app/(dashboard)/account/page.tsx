import type { Metadata } from "next";
import { ApiKeyManager } from "@/components/account/api-key-manager";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { Monogram } from "@/components/ui/monogram";
import { PageHeader } from "@/components/ui/page-header";
import { requireUserCtx } from "@/lib/auth/context";
import { listApiKeys } from "@/lib/services/api-key/list";
import { createApiKeyAction, revokeApiKeyAction } from "./actions";
import { SignOut } from "./sign-out";

export const metadata: Metadata = { title: "Account" };

export default async function AccountPage() {
  const ctx = await requireUserCtx();
  const { name, email, instanceOwner } = ctx.actor;
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
