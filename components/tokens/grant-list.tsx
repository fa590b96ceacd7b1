"use client";

import { Plug } from "lucide-react";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Monogram } from "@/components/ui/monogram";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toast";
import type { Action } from "@/lib/action-state";
import type { RevokeGrantInput } from "@/lib/services/grant/schemas";
import type { GrantView } from "@/lib/services/grant/view";
import { LastUsed } from "./last-used";
import { STATUS } from "./status";

interface ListProps {
  grants: GrantView[];
  /** Hides the member's name where all are one person's. */
  ofOne?: boolean;
  onRevoke: Action<RevokeGrantInput, GrantView>;
}

/** Clients that members let in by signing in (OAuth), beside those with a pasted token. */
export function GrantList({ grants, ofOne, onRevoke }: ListProps) {
  const [revoking, setRevoking] = useState<GrantView | null>(null);
  return (
    <Card>
      <CardHeader
        title="Apps connected by sign-in"
        description="Clients such as claude.ai and ChatGPT that a member let in with OAuth, without a token to paste."
      />
      {grants.length === 0 ? (
        <p className="flex items-center gap-3 border-t px-5 py-6 text-faint text-sm">
          <Plug aria-hidden className="size-4 shrink-0" />
          None yet. An app appears here when somebody adds the workspace's URL to it and agrees.
        </p>
      ) : (
        <div className="border-t">
          <Table label="Apps connected by sign-in">
            <thead>
              <tr>
                <Th>App</Th>
                {!ofOne && <Th>Member</Th>}
                <Th>Status</Th>
                <Th>Last used</Th>
                <Th>Connected</Th>
                <Th>
                  <span className="sr-only">Actions</span>
                </Th>
              </tr>
            </thead>
            <tbody>
              {grants.map((grant) => (
                <Row key={grant.id} grant={grant} ofOne={ofOne} onRevoke={() => setRevoking(grant)} />
              ))}
            </tbody>
          </Table>
        </div>
      )}
      <ConfirmDialog
        open={revoking !== null}
        onOpenChange={(open) => !open && setRevoking(null)}
        title={`Disconnect ${revoking?.clientName ?? "the app"}?`}
        confirm="Disconnect"
        onConfirm={() => onRevoke({ grant: revoking?.id ?? "" })}
        onDone={() => toast.success("App disconnected")}
      >
        It is cut off within a second and gets no new access. {revoking?.member.name} can let it in again by signing in.
      </ConfirmDialog>
    </Card>
  );
}

function Row({ grant, ofOne, onRevoke }: { grant: GrantView; ofOne?: boolean; onRevoke(): void }) {
  const { label, tone, icon: Icon } = STATUS[grant.status];
  const active = grant.status === "active";
  return (
    <Tr className={active ? undefined : "text-faint"}>
      <Td>
        <div className="flex min-w-48 items-center gap-3">
          <Monogram name={grant.clientName} className={active ? undefined : "opacity-50 grayscale"} />
          <div className="min-w-0 leading-tight">
            <span className="block max-w-56 truncate font-medium">{grant.clientName}</span>
            <span className="block max-w-56 truncate text-faint text-xs">{grant.redirectHost}</span>
          </div>
        </div>
      </Td>
      {!ofOne && <Td className="max-w-44 truncate">{grant.member.name}</Td>}
      <Td>
        <Badge tone={tone}>
          <Icon aria-hidden /> {label}
        </Badge>
      </Td>
      <Td className="whitespace-nowrap">
        <LastUsed at={grant.lastUsedAt} client={grant.lastUsedClient} ip={grant.lastUsedIp} />
      </Td>
      <Td className="whitespace-nowrap">
        <Time at={grant.createdAt} />
      </Td>
      <Td className="text-right">
        {active && (
          <Button variant="quietDanger" size="sm" onClick={onRevoke} aria-label={`Disconnect ${grant.clientName}`}>
            Disconnect
          </Button>
        )}
      </Td>
    </Tr>
  );
}
