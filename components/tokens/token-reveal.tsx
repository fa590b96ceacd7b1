"use client";

import type { ReactNode } from "react";
import { CodeBlock } from "@/components/ui/copy";
import { CopyOnce } from "@/components/ui/copy-once";
import type { NewTokenView } from "@/lib/services/token/view";

/** A new token with the configuration it goes into; the only time anybody sees it. */
export function TokenReveal({ token, onClose, footer }: { token: NewTokenView; onClose(): void; footer?: ReactNode }) {
  return (
    <CopyOnce
      title={`Token for ${token.member.name}`}
      description="Copy it now: only its fingerprint is stored, so it cannot be shown again."
      label="token"
      value={token.token}
      onClose={onClose}
    >
      {(onCopied) => (
        <>
          <CodeBlock
            title="mcp.json"
            label="configuration with the token"
            code={JSON.stringify(token.mcp_json, null, 2)}
            onCopied={onCopied}
          />
          {footer && <p className="text-accent-text text-sm underline-offset-4 [&_a:hover]:underline">{footer}</p>}
        </>
      )}
    </CopyOnce>
  );
}
