"use client";

import { CircleCheck, TriangleAlert, UserKey } from "lucide-react";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { toast } from "@/components/ui/toast";
import type { Action } from "@/lib/action-state";
import { plural } from "@/lib/format";
import type { DeleteOwnSecretInput, SetOwnSecretInput } from "@/lib/services/secret/schemas";
import type { ConnectionSaved, ConnectionView, SecretDeletedView } from "@/lib/services/secret/view";
import { Row, StoredFacts } from "./secret-row";
import { ValueDialog } from "./value-dialog";

interface ListProps {
  connections: ConnectionView[];
  onSet: Action<SetOwnSecretInput, ConnectionSaved>;
  onDelete: Action<DeleteOwnSecretInput, SecretDeletedView>;
}

const keyOf = ({ server, name }: ConnectionView) => `${server.slug}/${name}`;

/** A member's own credentials: what servers ask for, what is set, what is missing. */
export function ConnectionList({ connections, onSet, onDelete }: ListProps) {
  const [open, setOpen] = useState<{ what: "value" | "delete"; key: string } | null>(null);
  if (connections.length === 0) return <NoConnections />;
  const missing = connections.filter(({ state }) => state === "missing" || state === "outdated").length;
  const chosen = connections.find((connection) => keyOf(connection) === open?.key);
  const at = chosen && { server: chosen.server.slug, name: chosen.name };
  return (
    <div className="grid grid-cols-1 gap-6">
      {missing > 0 && (
        <Callout tone="warn">
          {plural(missing, "server waits", "servers wait")} for a credential of yours. Until then your calls to{" "}
          {missing === 1 ? "it" : "them"} are refused.
        </Callout>
      )}
      <Card>
        <ul>
          {connections.map((connection) => (
            <Row
              key={keyOf(connection)}
              name={connection.name}
              badges={
                <>
                  <span className="text-soft text-sm">{connection.server.name}</span>
                  <StateOf connection={connection} />
                </>
              }
              note={<NoteOf connection={connection} />}
            >
              {connection.state !== "unused" && (
                <Button
                  size="sm"
                  variant={connection.own?.usable || connection.state === "shared" ? "secondary" : "primary"}
                  aria-label={`${connection.own ? "Replace" : "Add"} ${connection.name} for ${connection.server.name}`}
                  onClick={() => setOpen({ what: "value", key: keyOf(connection) })}
                >
                  {connection.own ? "Replace" : "Add yours"}
                </Button>
              )}
              {connection.own && (
                <Button
                  size="sm"
                  variant="quietDanger"
                  aria-label={`Delete ${connection.name} for ${connection.server.name}`}
                  onClick={() => setOpen({ what: "delete", key: keyOf(connection) })}
                >
                  Delete
                </Button>
              )}
            </Row>
          ))}
        </ul>
      </Card>
      {at && open?.what === "value" && (
        <ValueDialog
          name={chosen.name}
          origin={chosen.server.origin}
          replaces={chosen.own?.usable ? chosen.own.version : null}
          testTools={[]}
          onSave={({ value, force }) => onSet({ ...at, value, force })}
          onClose={() => setOpen(null)}
        />
      )}
      <ConfirmDialog
        open={at !== undefined && open?.what === "delete"}
        onOpenChange={(next) => !next && setOpen(null)}
        title={`Delete your ${chosen?.name ?? "credential"}?`}
        confirm="Delete credential"
        onConfirm={() => onDelete(at ?? { server: "", name: "" })}
        onDone={() => toast.success("Your credential is deleted")}
      >
        {chosen?.mode === "member"
          ? `Your calls to ${chosen.server.name} are refused until you add another.`
          : `Your calls to ${chosen?.server.name} use the workspace's value again, where there is one.`}
      </ConfirmDialog>
    </div>
  );
}

function StateOf({ connection: { state } }: { connection: ConnectionView }) {
  if (state === "set")
    return (
      <Badge tone="good">
        <CircleCheck aria-hidden /> Yours is used
      </Badge>
    );
  if (state === "shared") return <Badge>The shared one is used</Badge>;
  if (state === "unused") return <Badge>Not used</Badge>;
  return (
    <Badge tone="warn">
      <TriangleAlert aria-hidden /> {state === "outdated" ? "Set again" : "Missing"}
    </Badge>
  );
}

function NoteOf({ connection: { state, own, server } }: { connection: ConnectionView }) {
  return (
    <>
      Sent only to <span className="font-mono">{server.origin}</span>
      {state === "outdated" && own && `; yours was sealed for ${own.origin}, where the server was before`}
      {state === "unused" && "; this server uses the workspace's value now"}
      {own?.usable && (
        <>
          {" · "}
          <StoredFacts stored={own} />
        </>
      )}
      {!server.enabled && " · the server is switched off"}
    </>
  );
}

function NoConnections() {
  return (
    <Card>
      <EmptyState icon={UserKey} title="No server asks for a credential of yours">
        Servers of this workspace use shared credentials, so there is nothing to do. Where a server should act as you
        (your own GitHub account, your own mailbox), an admin switches its secret to “each their own”, and it appears
        here.
      </EmptyState>
    </Card>
  );
}
