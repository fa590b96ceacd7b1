"use client";

import { Plus, X } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { SettingsCard } from "@/components/ui/card";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { useSubmit } from "@/components/ui/use-submit";
import type { Action } from "@/lib/action-state";
import type { SetVarsInput } from "@/lib/services/function/schemas";
import type { FunctionDetail } from "@/lib/services/function/view";
import { looksSecret, rowsOf, type VarRow, varsOf } from "./vars";

interface VarsProps {
  detail: FunctionDetail;
  onSetVars: Action<SetVarsInput, FunctionDetail>;
}

/** Plain settings, read in the code as `ctx.vars.NAME`. */
export function VarsCard({ detail, onSetVars }: VarsProps) {
  const [rows, setRows] = useState<VarRow[]>(() => rowsOf(detail.vars));
  const { submit, pending, error } = useSubmit(onSetVars, () =>
    toast.success("Variables saved. They count from the next call"),
  );
  const vars = varsOf(rows);
  const unchanged = vars !== null && JSON.stringify(rowsOf(vars)) === JSON.stringify(rowsOf(detail.vars));
  const suspicious = rows.find(({ name }) => looksSecret(name));
  const set = (id: number, change: Partial<VarRow>) =>
    setRows(rows.map((row) => (row.id === id ? { ...row, ...change } : row)));
  return (
    <SettingsCard
      title="Variables"
      description={
        <>
          Plain settings, in the code as <code className="font-mono text-ink">ctx.vars.NAME</code>. A change needs no
          deploy. Everybody who manages functions can read them.
        </>
      }
    >
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (vars) submit({ function: detail.slug, vars });
        }}
      >
        {rows.length > 0 && (
          <ul className="grid gap-2">
            {rows.map((row) => (
              <li key={row.id} className="grid grid-cols-[minmax(0,1fr)_minmax(0,1.4fr)_auto] gap-2">
                <Input
                  mono
                  required
                  aria-label="Name"
                  placeholder="NAME"
                  maxLength={64}
                  spellCheck={false}
                  value={row.name}
                  onChange={(event) => set(row.id, { name: event.target.value.toUpperCase() })}
                />
                <Input
                  mono
                  aria-label={`Value of ${row.name || "this variable"}`}
                  placeholder="value"
                  maxLength={4_096}
                  spellCheck={false}
                  value={row.value}
                  onChange={(event) => set(row.id, { value: event.target.value })}
                />
                <Button
                  variant="ghost"
                  size="icon"
                  aria-label={`Remove ${row.name || "this variable"}`}
                  onClick={() => setRows(rows.filter(({ id }) => id !== row.id))}
                >
                  <X aria-hidden />
                </Button>
              </li>
            ))}
          </ul>
        )}
        {suspicious && (
          <Callout tone="warn">
            {suspicious.name} sounds like a credential. Declare it under secrets in the code instead: then it is sealed,
            and the code never holds it.
          </Callout>
        )}
        {vars === null && <Callout tone="bad">A name stands twice.</Callout>}
        {error && <Callout tone="bad">{error.message}</Callout>}
        <div className="flex flex-wrap gap-2">
          <Button type="submit" variant="secondary" pending={pending} disabled={vars === null || unchanged}>
            Save variables
          </Button>
          <Button
            variant="ghost"
            onClick={() =>
              setRows([...rows, { id: Math.max(-1, ...rows.map(({ id }) => id)) + 1, name: "", value: "" }])
            }
          >
            <Plus aria-hidden /> Add variable
          </Button>
        </div>
      </form>
    </SettingsCard>
  );
}
