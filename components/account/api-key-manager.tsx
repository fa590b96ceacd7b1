"use client";

import { KeyRound, Plus } from "lucide-react";
import { useState } from "react";
import { CreateTokenDialog } from "@/components/tokens/create-token-dialog";
import { CredentialTable } from "@/components/tokens/credential-table";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { CodeBlock } from "@/components/ui/copy";
import { CopyOnce } from "@/components/ui/copy-once";
import { EmptyState } from "@/components/ui/empty-state";
import { toast } from "@/components/ui/toast";
import type { Action } from "@/lib/action-state";
import type { CreateApiKeyInput, RevokeApiKeyInput } from "@/lib/services/api-key/schemas";
import type { ApiKeyView, NewApiKeyView } from "@/lib/services/api-key/view";

interface ManagerProps {
  keys: ApiKeyView[];
  /** Where the API is, for the snippet. */
  origin: string;
  onCreate: Action<CreateApiKeyInput, NewApiKeyView>;
  onRevoke: Action<RevokeApiKeyInput, ApiKeyView>;
}

/** Keys for the management API and the command line; they act as their owner. */
export function ApiKeyManager({ keys, origin, onCreate, onRevoke }: ManagerProps) {
  const [creating, setCreating] = useState(false);
  const [created, setCreated] = useState<NewApiKeyView | null>(null);
  const [revoking, setRevoking] = useState<ApiKeyView | null>(null);
  const create = (
    <Button variant={keys.length > 0 ? "secondary" : "primary"} onClick={() => setCreating(true)}>
      <Plus aria-hidden /> Create API key
    </Button>
  );
  return (
    <Card>
      <CardHeader
        title="API keys"
        description="For scripts and the aerostack command. A key may do all that you may do; MCP clients use workspace tokens instead."
        action={keys.length > 0 && create}
      />
      <div className="border-t">
        {keys.length === 0 ? (
          <EmptyState icon={KeyRound} title="Manage this from a terminal or CI" action={create}>
            Everything the dashboard does is also a command and a JSON route.
          </EmptyState>
        ) : (
          <CredentialTable label="API keys" rows={keys} onRevoke={(row) => setRevoking(row)} />
        )}
      </div>
      <CreateTokenDialog
        open={creating}
        onOpenChange={setCreating}
        title="Create API key"
        description="It acts as you, everywhere you may act."
        nameLabel="Name"
        nameHint="Where it will be used: CI, a script, your laptop."
        submitLabel="Create API key"
        onSubmit={onCreate}
        onDone={(key) => {
          setCreating(false);
          setCreated(key);
        }}
      />
      {created && (
        <CopyOnce
          title="Your new API key"
          description="Copy it now: only its fingerprint is stored, so it cannot be shown again."
          label="API key"
          value={created.key}
          onClose={() => setCreated(null)}
        >
          {(onCopied) => (
            <CodeBlock
              title="Terminal"
              label="commands with the key"
              code={`export AEROSTACK_URL=${origin}\nexport AEROSTACK_API_KEY=${created.key}\nnpx aerostack workspace list`}
              onCopied={onCopied}
            />
          )}
        </CopyOnce>
      )}
      <ConfirmDialog
        open={revoking !== null}
        onOpenChange={(open) => !open && setRevoking(null)}
        title={`Revoke ${revoking?.name ?? "key"}?`}
        confirm="Revoke API key"
        onConfirm={() => onRevoke({ key: revoking?.id ?? "" })}
        onDone={() => toast.success("API key revoked")}
      >
        Whatever uses <code className="font-mono text-ink">{revoking?.prefix}…</code> stops working with its next
        request.
      </ConfirmDialog>
    </Card>
  );
}
