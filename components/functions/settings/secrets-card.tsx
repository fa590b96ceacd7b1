"use client";

import { KeyRound, Lock, TriangleAlert } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { SealDialog } from "@/components/secrets/seal-dialog";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import type { Action } from "@/lib/action-state";
import { paths } from "@/lib/paths";
import type { FunctionDetail, FunctionSecret } from "@/lib/services/function/view";
import type { SetSecretInput } from "@/lib/services/secret/schemas";
import type { SecretSetView } from "@/lib/services/secret/view";

interface SecretsProps {
  slug: string;
  detail: FunctionDetail;
  onSetSecret: Action<SetSecretInput, SecretSetView>;
}

/** The secrets that the deployed version declares, and where each may go. */
export function SecretsCard({ slug, detail, onSetSecret }: SecretsProps) {
  const [open, setOpen] = useState<FunctionSecret | null>(null);
  return (
    <Card>
      <CardHeader
        title="Secrets"
        description="Declared in the code and bound to the hosts named there. The code gets a placeholder; the value is put in after a request has left it."
        action={
          <Link
            href={paths.secrets(slug)}
            className="text-accent-text text-sm hover:underline hover:underline-offset-4"
          >
            All secrets
          </Link>
        }
      />
      {detail.secrets.length === 0 ? (
        <p className="border-t px-5 py-4 text-faint text-sm leading-6">
          {detail.version === null ? "Known once a version is deployed." : "This version declares none."} In the code:{" "}
          <code className="break-words font-mono text-ink text-xs">
            {'secrets: { API_KEY: { hosts: ["api.example.com"] } }'}
          </code>
        </p>
      ) : (
        <ul className="border-t">
          {detail.secrets.map((secret) => (
            <li
              key={secret.name}
              className="flex flex-wrap items-center gap-x-4 gap-y-3 border-b px-5 py-3.5 last:border-b-0"
            >
              <KeyRound aria-hidden className="size-4 shrink-0 text-faint" />
              <div className="grid min-w-52 flex-1 gap-1">
                <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
                  <span className="break-all font-medium font-mono text-[0.8125rem]">{secret.name}</span>
                  <State state={secret.state} />
                </p>
                <p className="break-words text-faint text-xs leading-5">
                  To <span className="font-mono">{secret.hosts.join(", ")}</span>, in{" "}
                  <span className="font-mono">
                    {(secret.in.length > 0 ? secret.in : ["header:authorization"]).join(", ")}
                  </span>
                  {secret.state === "outdated" && " · a new version widened its hosts, so its value is asked for again"}
                </p>
              </div>
              <Button
                size="sm"
                variant={secret.state === "set" ? "secondary" : "primary"}
                aria-label={`${secret.state === "set" ? "Replace" : "Set"} ${secret.name}`}
                onClick={() => setOpen(secret)}
              >
                {secret.state === "set" ? "Replace" : "Set value"}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {open && (
        <SealDialog
          name={open.name}
          replaces={open.state === "set"}
          hosts={open.hosts.join(", ")}
          onSave={(value) => onSetSecret({ server: detail.slug, name: open.name, value })}
          onClose={() => setOpen(null)}
        />
      )}
    </Card>
  );
}

function State({ state }: { state: FunctionSecret["state"] }) {
  if (state === "set")
    return (
      <Badge>
        <Lock aria-hidden /> Sealed
      </Badge>
    );
  return (
    <Badge tone="warn">
      <TriangleAlert aria-hidden /> {state === "outdated" ? "Set again" : "Not set"}
    </Badge>
  );
}
