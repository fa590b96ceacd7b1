import { Ban, CircleCheck, Clock } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Monogram } from "@/components/ui/monogram";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";

/** What tokens and API keys have in common. */
export interface Credential {
  id: string;
  name: string;
  /** Who it belongs to, where the list is of several people's. */
  owner?: string;
  prefix: string;
  status: "active" | "expired" | "revoked";
  createdAt: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
}

const STATUS = {
  active: { label: "Active", tone: "good", icon: CircleCheck },
  expired: { label: "Expired", tone: "neutral", icon: Clock },
  revoked: { label: "Revoked", tone: "neutral", icon: Ban },
} as const;

/** Tokens or keys, by prefix only. */
export function CredentialTable<T extends Credential>({
  label,
  rows,
  onRevoke,
}: {
  label: string;
  rows: T[];
  onRevoke(row: T): void;
}) {
  return (
    <Table label={label}>
      <thead>
        <tr>
          <Th>Name</Th>
          <Th>Starts with</Th>
          <Th>Status</Th>
          <Th>Last used</Th>
          <Th>Expires</Th>
          <Th>Created</Th>
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <CredentialRow key={row.id} row={row} onRevoke={() => onRevoke(row)} />
        ))}
      </tbody>
    </Table>
  );
}

function CredentialRow({ row, onRevoke }: { row: Credential; onRevoke(): void }) {
  const { label, tone, icon: Icon } = STATUS[row.status];
  const active = row.status === "active";
  return (
    <Tr className={active ? undefined : "text-faint"}>
      <Td>
        <div className="flex min-w-44 items-center gap-3">
          <Monogram name={row.owner ?? row.name} round className={active ? undefined : "opacity-50 grayscale"} />
          <div className="leading-tight">
            <span className="font-medium">{row.name}</span>
            {row.owner && row.owner !== row.name && <span className="block text-faint text-xs">{row.owner}</span>}
          </div>
        </div>
      </Td>
      <Td className="font-mono text-[0.8125rem]">{row.prefix}…</Td>
      <Td>
        <Badge tone={tone}>
          <Icon aria-hidden /> {label}
        </Badge>
      </Td>
      <Td className="whitespace-nowrap">
        {row.lastUsedAt ? <Time at={row.lastUsedAt} /> : <span className="text-faint">never</span>}
      </Td>
      <Td className="whitespace-nowrap">
        {row.expiresAt ? <Time at={row.expiresAt} /> : <span className="text-faint">never</span>}
      </Td>
      <Td className="whitespace-nowrap">
        <Time at={row.createdAt} />
      </Td>
      <Td className="text-right">
        {active && (
          <Button variant="quietDanger" size="sm" onClick={onRevoke} aria-label={`Revoke ${row.name}`}>
            Revoke
          </Button>
        )}
      </Td>
    </Tr>
  );
}
