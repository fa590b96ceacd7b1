"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { CreateTokenDialog } from "@/components/tokens/create-token-dialog";
import { TokenList } from "@/components/tokens/token-list";
import { TokenReveal } from "@/components/tokens/token-reveal";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import type { Action } from "@/lib/action-state";
import type { CreateTokenInput, RevokeAllTokensInput, RevokeTokenInput } from "@/lib/services/token/schemas";
import type { NewTokenView, RevokedTokensView, TokenView } from "@/lib/services/token/view";

interface TokensProps {
  member: { id: string; name: string };
  tokens: TokenView[];
  onCreate: Action<CreateTokenInput, NewTokenView>;
  onRevoke: Action<RevokeTokenInput, TokenView>;
  onRevokeAll: Action<RevokeAllTokensInput, RevokedTokensView>;
}

/** The tokens of one member: make one, end one, end all. */
export function MemberTokens({ member, tokens, onCreate, ...revoke }: TokensProps) {
  const [creating, setCreating] = useState(false);
  const [created, setCreated] = useState<NewTokenView | null>(null);
  const [revokingAll, setRevokingAll] = useState<{ id: string; name: string } | null>(null);
  const active = tokens.filter((token) => token.status === "active").length;
  return (
    <Card>
      <CardHeader
        title="Tokens"
        description="For clients with a header to paste."
        action={
          <div className="flex flex-wrap gap-2">
            {active > 1 && (
              <Button variant="quietDanger" size="sm" onClick={() => setRevokingAll(member)}>
                Revoke all
              </Button>
            )}
            <Button variant="secondary" size="sm" onClick={() => setCreating(true)}>
              <Plus aria-hidden /> Create token
            </Button>
          </div>
        }
      />
      <div className="border-t">
        {tokens.length === 0 ? (
          <p className="px-5 py-6 text-faint text-sm">No token yet.</p>
        ) : (
          <TokenList ofOne tokens={tokens} revokingAll={revokingAll} onRevokingAll={setRevokingAll} {...revoke} />
        )}
      </div>
      <CreateTokenDialog
        open={creating}
        onOpenChange={setCreating}
        title={`Create token for ${member.name}`}
        description="It opens this workspace's gateway URL as this member."
        nameLabel="Name"
        nameHint="Where it will be used: a laptop, an editor, CI."
        submitLabel="Create token"
        onSubmit={(form) => onCreate({ ...form, memberId: member.id })}
        onDone={(token) => {
          setCreating(false);
          setCreated(token);
        }}
      />
      {created && <TokenReveal token={created} onClose={() => setCreated(null)} />}
    </Card>
  );
}
