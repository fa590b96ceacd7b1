"use client";

import Link from "next/link";
import { BrandIcon } from "@/components/ui/brand-icon";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { useRowKeys } from "@/components/ui/use-row-keys";
import type { Action } from "@/lib/action-state";
import { formatDuration } from "@/lib/format";
import { paths } from "@/lib/paths";
import type { SetServerEnabledInput } from "@/lib/services/server/schemas";
import type { ServerHealthView, ServerView } from "@/lib/services/server/view";
import { EnabledSwitch } from "./enabled-switch";
import { reachedBy, ServerStatus } from "./server-status";

interface TableProps {
  slug: string;
  servers: ServerView[];
  health: ServerHealthView[];
  canManage: boolean;
  onToggle: Action<SetServerEnabledInput, ServerView>;
}

/** The servers of a workspace with their state and how they did in the last 24 hours. */
export function ServerTable({ slug, servers, health, canManage, onToggle }: TableProps) {
  const keys = useRowKeys();
  return (
    <Table label="Servers">
      <thead>
        <tr>
          <Th>Server</Th>
          <Th>Status</Th>
          <Th>Tools</Th>
          <Th className="text-right">p95, 24 h</Th>
          <Th>Last error, 24 h</Th>
          <Th className="text-right">{canManage ? "On" : <span className="sr-only">On</span>}</Th>
        </tr>
      </thead>
      <tbody {...keys.body}>
        {servers.map((server, index) => {
          const seen = health.find((one) => one.server === server.slug);
          return (
            <Tr key={server.id} {...keys.row(index)} className="hover:bg-muted/50">
              <Td>
                <Link
                  href={paths.server(slug, server.slug)}
                  className="flex min-w-40 items-center gap-3 rounded-lg sm:min-w-56"
                >
                  <BrandIcon icon={server.icon} name={server.slug} />
                  <span className="min-w-0 leading-tight">
                    <span className="block max-w-36 truncate font-medium sm:max-w-none">{server.name}</span>
                    <span className="block max-w-36 truncate font-mono text-faint text-xs sm:max-w-80">
                      {server.slug}
                      {` · ${server.url ? server.url.replace(/^https?:\/\//, "") : reachedBy(server)}`}
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
              <Td className="whitespace-nowrap text-right text-soft tabular-nums">
                {formatDuration(seen?.p95 ?? null)}
              </Td>
              <Td className="whitespace-nowrap text-soft">
                {seen?.lastError ? (
                  <Link
                    href={`${paths.calls(slug)}?server=${server.slug}&range=24h`}
                    className="rounded hover:underline"
                  >
                    <span className="text-bad">{(seen.lastError.errorClass ?? "error").replaceAll("_", " ")}</span>{" "}
                    <Time at={seen.lastError.at} className="text-faint" />
                  </Link>
                ) : (
                  "–"
                )}
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
          );
        })}
      </tbody>
    </Table>
  );
}
