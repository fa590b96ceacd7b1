"use client";

import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toast";
import type { Action } from "@/lib/action-state";
import { plural } from "@/lib/format";
import type { RevokeAllTokensInput, RevokeTokenInput } from "@/lib/services/token/schemas";
import type { RevokedTokensView, TokenView } from "@/lib/services/token/view";
import { CredentialTable } from "./credential-table";

interface ListProps {
  tokens: TokenView[];
  /** All of one member, so the name is not repeated. */
  ofOne?: boolean;
  /** Whose all tokens are about to be revoked; null: nobody's. The button for it stands with the parent. */
  revokingAll: { id: string; name: string } | null;
  onRevokingAll(member: null): void;
  onRevoke: Action<RevokeTokenInput, TokenView>;
  onRevokeAll: Action<RevokeAllTokensInput, RevokedTokensView>;
}

/** Tokens with the two ways to end them; both say what will happen. */
export function TokenList({ tokens, ofOne, revokingAll, onRevokingAll, onRevoke, onRevokeAll }: ListProps) {
  const [revoking, setRevoking] = useState<TokenView | null>(null);
  const all = tokens.filter((token) => token.status === "active" && token.member.id === revokingAll?.id).length;
  return (
    <>
      <CredentialTable
        label="Tokens"
        rows={tokens.map((token) => ({
          ...token,
          owner: ofOne ? undefined : token.member.name,
          service: token.member.kind === "service",
        }))}
        onRevoke={(row) => setRevoking(row)}
      />
      <ConfirmDialog
        open={revoking !== null}
        onOpenChange={(open) => !open && setRevoking(null)}
        title={`Revoke ${revoking?.name ?? "token"}?`}
        confirm="Revoke token"
        onConfirm={() => onRevoke({ token: revoking?.id ?? "" })}
        onDone={() => toast.success("Token revoked")}
      >
        Clients that use <code className="font-mono text-ink">{revoking?.prefix}…</code> are cut off within a second.
        This cannot be undone, but a new token is made in seconds.
      </ConfirmDialog>
      <ConfirmDialog
        open={revokingAll !== null}
        onOpenChange={(open) => !open && onRevokingAll(null)}
        title={`Revoke all tokens of ${revokingAll?.name}?`}
        confirm={`Revoke ${plural(all, "token")}`}
        onConfirm={() => onRevokeAll({ member: revokingAll?.id ?? "" })}
        onDone={({ revoked }) => toast.success(`${plural(revoked, "token")} revoked`)}
      >
        Every client that uses one of them is cut off within a second. Apps connected by sign-in are not concerned; they
        are listed on their own.
      </ConfirmDialog>
    </>
  );
}
