"use client";

import { Plus, X } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { SettingsCard } from "@/components/ui/card";
import { Input, Select } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { useSubmit } from "@/components/ui/use-submit";
import type { Action } from "@/lib/action-state";
import type { SetDomainsInput } from "@/lib/services/workspace/schemas";
import type { WorkspaceDomainView } from "@/lib/services/workspace/view";

interface DomainsProps {
  domains: WorkspaceDomainView[];
  canEdit: boolean;
  onSave: Action<SetDomainsInput, WorkspaceDomainView[]>;
}

interface Row {
  key: number;
  domain: string;
  role: "member" | "auditor";
}

const keyOf = (rows: { domain: string; role: string }[]): string =>
  rows.map(({ domain, role }) => `${domain} ${role}`).join();

/** Mail domains whose people come in by themselves when they first sign in with a provider. */
export function JoinDomains({ domains, canEdit, onSave }: DomainsProps) {
  const [rows, setRows] = useState<Row[]>(() =>
    domains.map(({ domain, role }, key) => ({ key, domain, role: role === "auditor" ? "auditor" : "member" })),
  );
  const { submit, pending, error } = useSubmit(onSave, () => toast.success("Domains saved"));
  const change = (key: number, more: Partial<Row>) =>
    setRows(rows.map((row) => (row.key === key ? { ...row, ...more } : row)));
  const changed = keyOf(rows) !== keyOf(domains);
  if (!canEdit && rows.length === 0) return null;
  return (
    <SettingsCard
      title="People of your domain"
      description="Whoever signs in with OIDC, GitHub or Google and has a verified address of one of these domains joins by themselves, once."
    >
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          submit({ domains: rows.map(({ domain, role }) => ({ domain, role })) });
        }}
      >
        {rows.length === 0 && <p className="text-faint text-sm">No domain: people come in by invitation only.</p>}
        <ul className="grid gap-2 empty:hidden">
          {rows.map((row) => (
            <li key={row.key} className="flex items-center gap-2">
              <Input
                mono
                required
                aria-label="Domain"
                placeholder="acme.example"
                autoComplete="off"
                disabled={!canEdit}
                className="min-w-0 flex-1"
                value={row.domain}
                onChange={(event) => change(row.key, { domain: event.target.value })}
              />
              <Select
                aria-label={`Role of ${row.domain || "the domain"}`}
                className="w-32 shrink-0"
                disabled={!canEdit}
                value={row.role}
                onChange={(event) => change(row.key, { role: event.target.value === "auditor" ? "auditor" : "member" })}
              >
                <option value="member">Member</option>
                <option value="auditor">Auditor</option>
              </Select>
              {canEdit && (
                <Button
                  variant="ghost"
                  size="icon"
                  aria-label={`Remove ${row.domain || "this domain"}`}
                  onClick={() => setRows(rows.filter(({ key }) => key !== row.key))}
                >
                  <X aria-hidden />
                </Button>
              )}
            </li>
          ))}
        </ul>
        {error && <Callout tone="bad">{error.message}</Callout>}
        {canEdit ? (
          <div className="flex flex-wrap gap-2">
            <Button
              variant="ghost"
              onClick={() =>
                setRows([...rows, { key: Math.max(-1, ...rows.map(({ key }) => key)) + 1, domain: "", role: "member" }])
              }
            >
              <Plus aria-hidden /> Add domain
            </Button>
            <Button type="submit" variant="secondary" pending={pending} disabled={!changed}>
              Save domains
            </Button>
          </div>
        ) : (
          <p className="text-faint text-xs">An owner of this workspace may change them.</p>
        )}
      </form>
    </SettingsCard>
  );
}
