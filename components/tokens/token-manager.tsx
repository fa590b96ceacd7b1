"use client";

import { KeyRound, Plus } from "lucide-react";
import Link from "next/link";
import { useQueryState } from "nuqs";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Choice } from "@/components/ui/choice";
import { EmptyState } from "@/components/ui/empty-state";
import { Select } from "@/components/ui/input";
import { PageHeader } from "@/components/ui/page-header";
import type { Action } from "@/lib/action-state";
import { plural } from "@/lib/format";
import { paths } from "@/lib/paths";
import type { CreateTokenInput, RevokeAllTokensInput, RevokeTokenInput } from "@/lib/services/token/schemas";
import type { NewTokenView, RevokedTokensView, TokenView } from "@/lib/services/token/view";
import { CreateTokenDialog } from "./create-token-dialog";
import { TokenList } from "./token-list";
import { TokenReveal } from "./token-reveal";

interface ManagerProps {
  slug: string;
  tokens: TokenView[];
  /** Plain members make tokens for themselves only. */
  ownOnly: boolean;
  memberNames: string[];
  /** Longest life of a new token, in days; null: no bound. */
  maxDays: number | null;
  onCreate: Action<CreateTokenInput, NewTokenView>;
  onRevoke: Action<RevokeTokenInput, TokenView>;
  onRevokeAll: Action<RevokeAllTokensInput, RevokedTokensView>;
  /** What stands below the list: apps connected by sign-in, what a token is. */
  children: ReactNode;
}

/** The tokens page: who has one, a new one, an end to one. The new token lives in this component's state only. */
export function TokenManager({
  slug,
  tokens,
  ownOnly,
  memberNames,
  maxDays,
  onCreate,
  children,
  ...revoke
}: ManagerProps) {
  const [wanted, setWanted] = useQueryState("new"); // in the URL, so that the palette and other pages lead straight here
  const creating = wanted !== null;
  const setCreating = (open: boolean) => void setWanted(open ? "1" : null);
  const [created, setCreated] = useState<NewTokenView | null>(null);
  const [kind, setKind] = useState<"person" | "service">("person");
  const create = (
    <Button onClick={() => setCreating(true)}>
      <Plus aria-hidden /> Create token
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Tokens"
        description="One token per person. It opens this workspace's gateway URL and nothing else; the API keys behind the servers never leave."
        actions={tokens.length > 0 && create}
      />
      <div className="grid grid-cols-1 gap-6">
        {tokens.length === 0 ? (
          <Card>
            <EmptyState icon={KeyRound} title="Give everybody a token of their own" action={create}>
              Calls are attributed to the token's owner. When somebody leaves, revoke their token; nothing else has to
              change.
            </EmptyState>
          </Card>
        ) : (
          <Filtered tokens={tokens} {...revoke} />
        )}
        {children}
      </div>
      <CreateTokenDialog
        open={creating}
        onOpenChange={setCreating}
        title="Create token"
        description={
          ownOnly ? "A token of your own for this workspace." : "Whoever is new is added as a member, with this name."
        }
        nameLabel={ownOnly ? "Name" : kind === "person" ? "Who is it for?" : "What is it for?"}
        nameHint={ownOnly ? "Where you will use it: a laptop, an editor." : "Calls appear under this name."}
        suggestions={memberNames}
        submitLabel="Create token"
        maxDays={maxDays}
        onSubmit={(form) => onCreate(ownOnly ? form : { ...form, kind })}
        onDone={(token) => {
          setCreating(false);
          setCreated(token);
        }}
      >
        {!ownOnly && (
          <fieldset className="flex flex-wrap gap-x-6">
            <legend className="sr-only">For</legend>
            <Choice type="radio" name="kind" checked={kind === "person"} onChange={() => setKind("person")}>
              A person
            </Choice>
            <Choice type="radio" name="kind" checked={kind === "service"} onChange={() => setKind("service")}>
              A machine (CI, an agent)
            </Choice>
          </fieldset>
        )}
      </CreateTokenDialog>
      {created && (
        <TokenReveal
          token={created}
          onClose={() => setCreated(null)}
          footer={<Link href={paths.connect(slug)}>More clients</Link>}
        />
      )}
    </>
  );
}

/** The list of one member or of all; of one member, all can be ended together. */
function Filtered({ tokens, ...revoke }: Pick<ManagerProps, "tokens" | "onRevoke" | "onRevokeAll">) {
  const [chosen, setChosen] = useState("");
  const [revokingAll, setRevokingAll] = useState<{ id: string; name: string } | null>(null);
  const owners = [...new Map(tokens.map(({ member }) => [member.id, member])).values()].sort((a, b) =>
    a.name.localeCompare(b.name, "en"),
  );
  const owner = owners.find(({ id }) => id === chosen) ?? (owners.length === 1 ? owners[0] : undefined);
  const shown = owner ? tokens.filter((token) => token.member.id === owner.id) : tokens;
  const active = shown.filter((token) => token.status === "active").length;
  return (
    <Card>
      <div className="flex min-h-13 flex-wrap items-center justify-between gap-3 border-b px-5 py-2.5">
        <p className="text-soft text-sm">
          {plural(active, "active token")}
          {shown.length > active && <span className="text-faint">, {shown.length - active} ended</span>}
        </p>
        <div className="flex flex-wrap gap-2">
          {owner && active > 1 && (
            <Button variant="quietDanger" size="sm" onClick={() => setRevokingAll(owner)}>
              Revoke all of {owner.name}
            </Button>
          )}
          {owners.length > 1 && (
            <Select aria-label="Member" className="w-44" value={chosen} onChange={(e) => setChosen(e.target.value)}>
              <option value="">All members</option>
              {owners.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </div>
      </div>
      <TokenList tokens={shown} revokingAll={revokingAll} onRevokingAll={setRevokingAll} {...revoke} />
    </Card>
  );
}
