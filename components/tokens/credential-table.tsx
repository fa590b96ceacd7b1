import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Monogram } from "@/components/ui/monogram";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { LastUsed } from "./last-used";
import { STATUS } from "./status";

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
  /** What used it last and from where, in the client's own words. */
  lastUsedClient?: string | null;
  lastUsedIp?: string | null;
  /** A machine's, not a person's. */
  service?: boolean;
}

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
          <Th className="max-md:hidden">Starts with</Th>
          <Th>Status</Th>
          <Th>Last used</Th>
          <Th>Expires</Th>
          <Th className="max-md:hidden">Created</Th>
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
        <div className="flex min-w-36 items-center gap-3">
          <Monogram
            name={row.owner ?? row.name}
            round={!row.service}
            className={active ? undefined : "opacity-50 grayscale"}
          />
          <div className="leading-tight">
            <span className="font-medium">{row.name}</span>
            {row.owner && (row.owner !== row.name || row.service) && (
              <span className="block text-faint text-xs">
                {row.owner}
                {row.service && " · service"}
              </span>
            )}
          </div>
        </div>
      </Td>
      <Td className="font-mono text-[0.8125rem] max-md:hidden">{row.prefix}…</Td>
      <Td>
        <Badge tone={tone}>
          <Icon aria-hidden /> {label}
        </Badge>
      </Td>
      <Td className="whitespace-nowrap">
        <LastUsed at={row.lastUsedAt} client={row.lastUsedClient} ip={row.lastUsedIp} />
      </Td>
      <Td className="whitespace-nowrap">
        {row.expiresAt ? <Time at={row.expiresAt} /> : <span className="text-faint">never</span>}
      </Td>
      <Td className="whitespace-nowrap max-md:hidden">
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
