"use client";

import { KeyRound, Plus } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import type { Action } from "@/lib/action-state";
import { paths } from "@/lib/paths";
import type { CreateTokenInput, RevokeTokenInput } from "@/lib/services/token/schemas";
import type { NewTokenView, TokenView } from "@/lib/services/token/view";
import { CreateTokenDialog } from "./create-token-dialog";
import { CredentialTable } from "./credential-table";
import { TokenReveal } from "./token-reveal";

interface ManagerProps {
  slug: string;
  tokens: TokenView[];
  /** Plain members make tokens for themselves only. */
  ownOnly: boolean;
  memberNames: string[];
  onCreate: Action<CreateTokenInput, NewTokenView>;
  onRevoke: Action<RevokeTokenInput, TokenView>;
}

/** The tokens page: who has one, a new one, an end to one. The new token lives in this component's state only. */
export function TokenManager({ slug, tokens, ownOnly, memberNames, onCreate, onRevoke }: ManagerProps) {
  const [creating, setCreating] = useState(false);
  const [created, setCreated] = useState<NewTokenView | null>(null);
  const [revoking, setRevoking] = useState<TokenView | null>(null);
  const create = (
    <Button onClick={() => setCreating(true)}>
      <Plus aria-hidden /> Create token
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Tokens"
        description="One token per person. It opens this workspace's gateway URL and nothing else; the API keys behind the servers never leave."
        actions={tokens.length > 0 && create}
      />
      <Card>
        {tokens.length === 0 ? (
          <EmptyState icon={KeyRound} title="Give everybody a token of their own" action={create}>
            Calls are attributed to the token's owner. When somebody leaves, revoke their token; nothing else has to
            change.
          </EmptyState>
        ) : (
          <CredentialTable
            label="Tokens"
            rows={tokens.map((token) => ({ ...token, owner: token.member.name }))}
            onRevoke={(row) => setRevoking(row)}
          />
        )}
      </Card>
      <CreateTokenDialog
        open={creating}
        onOpenChange={setCreating}
        title="Create token"
        description={
          ownOnly
            ? "A token of your own for this workspace."
            : "For a person of your team. Somebody new is added as a member."
        }
        nameLabel={ownOnly ? "Name" : "Who is it for?"}
        nameHint={ownOnly ? "Where you will use it: a laptop, an editor." : "Their calls appear under this name."}
        suggestions={memberNames}
        submitLabel="Create token"
        onSubmit={onCreate}
        onDone={(token) => {
          setCreating(false);
          setCreated(token);
        }}
      />
      {created && (
        <TokenReveal
          token={created}
          onClose={() => setCreated(null)}
          footer={<Link href={paths.connect(slug)}>More clients</Link>}
        />
      )}
      <ConfirmDialog
        open={revoking !== null}
        onOpenChange={(open) => !open && setRevoking(null)}
        title={`Revoke ${revoking?.name ?? "token"}?`}
        confirm="Revoke token"
        onConfirm={() => onRevoke({ token: revoking?.id ?? "" })}
        onDone={() => toast.success("Token revoked")}
      >
        Clients that use <code className="font-mono text-ink">{revoking?.prefix}…</code> are cut off at once. This
        cannot be undone, but a new token is made in seconds.
      </ConfirmDialog>
    </>
  );
}
