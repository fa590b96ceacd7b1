"use client";

import Link from "next/link";
import { Monogram } from "@/components/ui/monogram";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { Action } from "@/lib/action-state";
import { paths } from "@/lib/paths";
import type { SetServerEnabledInput } from "@/lib/services/server/schemas";
import type { ServerView } from "@/lib/services/server/view";
import { EnabledSwitch } from "./enabled-switch";
import { reachedBy, ServerStatus } from "./server-status";

interface TableProps {
  slug: string;
  servers: ServerView[];
  canManage: boolean;
  onToggle: Action<SetServerEnabledInput, ServerView>;
}

/** The servers of a workspace with their state. */
export function ServerTable({ slug, servers, canManage, onToggle }: TableProps) {
  return (
    <Table label="Servers">
      <thead>
        <tr>
          <Th>Server</Th>
          <Th>Status</Th>
          <Th>Tools</Th>
          <Th>Transport</Th>
          <Th>Tested</Th>
          <Th className="text-right">{canManage ? "On" : <span className="sr-only">On</span>}</Th>
        </tr>
      </thead>
      <tbody>
        {servers.map((server) => (
          <Tr key={server.id} className="hover:bg-muted/50">
            <Td>
              <Link
                href={paths.server(slug, server.slug)}
                className="flex min-w-40 items-center gap-3 rounded-lg sm:min-w-56"
              >
                <Monogram name={server.slug} />
                <span className="min-w-0 leading-tight">
                  <span className="block max-w-36 truncate font-medium sm:max-w-none">{server.name}</span>
                  <span className="block max-w-36 truncate font-mono sm:max-w-80 text-faint text-xs">
                    {server.slug}
                    {server.url && ` · ${server.url.replace(/^https?:\/\//, "")}`}
                  </span>
                </span>
              </Link>
            </Td>
            <Td title={server.problem ?? undefined}>
              <ServerStatus server={server} />
            </Td>
            <Td className="whitespace-nowrap tabular-nums">
              {server.tools.enabled}
              <span className="text-faint"> of {server.tools.total}</span>
            </Td>
            <Td className="whitespace-nowrap text-soft">{reachedBy(server)}</Td>
            <Td className="whitespace-nowrap text-soft">
              {server.kind === "hosted" ? "–" : server.probedAt ? <Time at={server.probedAt} /> : "never"}
            </Td>
            <Td className="text-right">
              {canManage && (
                <EnabledSwitch
                  enabled={server.enabled}
                  label={`Server ${server.name}`}
                  onToggle={(enabled) => onToggle({ server: server.slug, enabled })}
                />
              )}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
