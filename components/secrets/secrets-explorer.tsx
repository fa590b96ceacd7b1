"use client";

import { Lock, Search } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Input } from "@/components/ui/input";
import { Monogram } from "@/components/ui/monogram";
import { plural } from "@/lib/format";
import { paths } from "@/lib/paths";
import type { WorkspaceSecretView } from "@/lib/services/secret/view";
import { type SecretActions, SecretRows } from "./secret-rows";

interface ExplorerProps {
  slug: string;
  secrets: WorkspaceSecretView[];
  actions: SecretActions;
}

/** All secrets of a workspace, by server. */
export function SecretsExplorer({ slug, secrets, actions }: ExplorerProps) {
  const [query, setQuery] = useState("");
  if (secrets.length === 0) return <NoSecrets slug={slug} />;
  const wanted = query.trim().toLowerCase();
  const fits = ({ name, server }: WorkspaceSecretView) =>
    `${name} ${server.slug} ${server.name} ${server.origin}`.toLowerCase().includes(wanted);
  const shown = secrets.filter(fits);
  const servers = [...new Set(shown.map(({ server }) => server.id))];
  const missing = secrets.filter((secret) => secret.missing || (secret.shared && !secret.shared.usable)).length;
  return (
    <div className="grid grid-cols-1 gap-6">
      {missing > 0 && (
        <Callout tone="warn">
          {plural(missing, "secret waits", "secrets wait")} for a value. Until then calls that need{" "}
          {missing === 1 ? "it" : "them"} are refused.
        </Callout>
      )}
      {secrets.length > 6 && (
        <div className="relative sm:w-72">
          <Search aria-hidden className="absolute top-2.5 left-3 size-4 text-faint" />
          <Input
            type="search"
            aria-label="Find a secret"
            placeholder="Find a secret or server"
            className="pl-9"
            value={query}
            onChange={(event) => setQuery(event.target.value)}
          />
        </div>
      )}
      {servers.map((id) => (
        <ServerCard key={id} slug={slug} secrets={shown.filter(({ server }) => server.id === id)} actions={actions} />
      ))}
      {servers.length === 0 && <p className="py-10 text-center text-faint text-sm">No secret fits “{query}”.</p>}
    </div>
  );
}

function ServerCard({ slug, secrets, actions }: ExplorerProps) {
  const server = secrets[0]?.server;
  if (!server) return null;
  return (
    <Card>
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1 px-5 py-3">
        <Link
          href={
            server.kind === "hosted"
              ? `${paths.function(slug, server.slug)}?tab=settings`
              : paths.server(slug, server.slug)
          }
          className="flex min-w-0 items-center gap-3 rounded-lg"
        >
          <Monogram name={server.slug} />
          <span className="min-w-0 leading-tight">
            <span className="block truncate font-medium text-sm">{server.name}</span>
            <span className="block truncate text-faint text-xs">
              sent only to <span className="font-mono">{server.origin}</span>
            </span>
          </span>
        </Link>
        {!server.enabled && <Badge>off</Badge>}
      </header>
      <SecretRows secrets={secrets} actions={actions} />
    </Card>
  );
}

function NoSecrets({ slug }: { slug: string }) {
  return (
    <Card>
      <EmptyState
        icon={Lock}
        title="Secrets stay out of laptops"
        action={
          <Button asChild>
            <Link href={paths.newServer(slug)}>Add a server that needs one</Link>
          </Button>
        }
      >
        Paste an API key here once. It is sealed, bound to one server's address and put into the request at the last
        moment; teammates use the tools with their own token and never see the key. To ask for one, a server's header
        names it: <code className="font-mono text-ink">{"Bearer {{API_TOKEN}}"}</code>
      </EmptyState>
    </Card>
  );
}
