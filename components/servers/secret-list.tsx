"use client";

import { KeyRound, Lock, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { Time } from "@/components/ui/time";
import type { Action } from "@/lib/action-state";
import type { DeleteSecretInput, SetSecretInput } from "@/lib/services/secret/schemas";
import type { SecretDeletedView, SecretSetView, SecretList as Secrets, SecretView } from "@/lib/services/secret/view";
import { SecretDialog } from "./secret-dialog";

interface SecretListProps {
  server: string;
  secrets: Secrets;
  onSet: Action<SetSecretInput, SecretSetView>;
  onDelete: Action<DeleteSecretInput, SecretDeletedView>;
}

/** Secrets of one server: names, where they go, how old. Values can be replaced but never read. */
export function SecretList({ server, secrets, onSet, onDelete }: SecretListProps) {
  const [setting, setSetting] = useState<{ name: string; replaces: boolean } | null>(null);
  const [deleting, setDeleting] = useState<string | null>(null);
  return (
    <Card>
      <CardHeader
        title="Secrets"
        description="Sealed with AES-GCM and bound to this server's address. Nobody can read a value again, you included; replace it instead."
      />
      {secrets.secrets.length + secrets.missing.length === 0 ? (
        <EmptyState icon={Lock} title="No secrets">
          Headers below may ask for one: write <code className="font-mono text-ink">{"Bearer {{API_TOKEN}}"}</code> and
          it appears here.
        </EmptyState>
      ) : (
        <ul className="border-t">
          {secrets.missing.map((name) => (
            <SecretRow
              key={name}
              name={name}
              note="A header asks for it. Calls to this server are refused until it is set."
              badge={
                <Badge tone="warn">
                  <TriangleAlert aria-hidden /> Not set
                </Badge>
              }
            >
              <Button size="sm" onClick={() => setSetting({ name, replaces: false })}>
                Set value
              </Button>
            </SecretRow>
          ))}
          {secrets.secrets
            .filter((secret) => !secrets.missing.includes(secret.name))
            .map((secret) => (
              <SecretRow
                key={secret.name}
                name={secret.name}
                note={<StoredNote secret={secret} />}
                badge={<StoredBadge secret={secret} />}
              >
                <Button
                  variant="secondary"
                  size="sm"
                  onClick={() => setSetting({ name: secret.name, replaces: true })}
                  aria-label={`Replace ${secret.name}`}
                >
                  Replace
                </Button>
                <Button
                  variant="quietDanger"
                  size="sm"
                  onClick={() => setDeleting(secret.name)}
                  aria-label={`Delete ${secret.name}`}
                >
                  Delete
                </Button>
              </SecretRow>
            ))}
        </ul>
      )}
      {setting && <SecretDialog server={server} {...setting} onSet={onSet} onClose={() => setSetting(null)} />}
      <ConfirmDialog
        open={deleting !== null}
        onOpenChange={(open) => !open && setDeleting(null)}
        title={`Delete ${deleting ?? "secret"}?`}
        confirm="Delete secret"
        onConfirm={() => onDelete({ server, name: deleting ?? "" })}
        onDone={() => toast.success("Secret deleted")}
      >
        Calls to this server are refused from now on if a header needs this secret. The value cannot be brought back.
      </ConfirmDialog>
    </Card>
  );
}

interface RowProps {
  name: string;
  note: React.ReactNode;
  badge: React.ReactNode;
  children: React.ReactNode;
}

function SecretRow({ name, note, badge, children }: RowProps) {
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-3 border-b px-5 py-3.5 last:border-b-0">
      <KeyRound aria-hidden className="size-4 shrink-0 text-faint" />
      <div className="grid min-w-56 flex-1 gap-0.5">
        <p className="flex flex-wrap items-center gap-2.5">
          <span className="break-all font-medium font-mono text-[0.8125rem]">{name}</span>
          {badge}
        </p>
        <p className="text-faint text-xs leading-5">{note}</p>
      </div>
      <div className="flex gap-1.5">{children}</div>
    </li>
  );
}

function StoredBadge({ secret }: { secret: SecretView }) {
  if (!secret.usable)
    return (
      <Badge tone="warn">
        <TriangleAlert aria-hidden /> Set again
      </Badge>
    );
  return (
    <Badge>
      <Lock aria-hidden /> Sealed
    </Badge>
  );
}

function StoredNote({ secret }: { secret: SecretView }) {
  return (
    <>
      {secret.headers.length > 0 ? `In ${secret.headers.join(", ")}` : "Used by no header"} · sent only to{" "}
      <span className="font-mono">{secret.origin}</span> · version {secret.version}, <Time at={secret.updatedAt} />
    </>
  );
}
