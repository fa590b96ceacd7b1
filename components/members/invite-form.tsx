"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Choice } from "@/components/ui/choice";
import { DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input, Select, Textarea } from "@/components/ui/input";
import { useSubmit } from "@/components/ui/use-submit";
import type { Action } from "@/lib/action-state";
import { plural } from "@/lib/format";
import type { CreateInvitationsInput } from "@/lib/services/invitation/schemas";
import type { InvitedView } from "@/lib/services/invitation/view";
import { type ParsedAddresses, parseAddresses } from "./parse-addresses";
import { ROLE_TEXT, type RoleWord } from "./roles";

interface FormProps {
  roles: RoleWord[];
  mails: boolean;
  member?: { id: string; name: string };
  onInvite: Action<CreateInvitationsInput, InvitedView[]>;
  onDone(result: InvitedView[]): void;
  onCancel(): void;
}

const DAYS = [1, 7, 30] as const;
const FIELDS = ["emails", "domain", "role"];

export function InviteForm({ roles, mails, member, onInvite, onDone, onCancel }: FormProps) {
  const [byDomain, setByDomain] = useState(false);
  const [text, setText] = useState("");
  const [domain, setDomain] = useState("");
  const [role, setRole] = useState<RoleWord>("member");
  const [days, setDays] = useState<(typeof DAYS)[number]>(7);
  const { submit, pending, error, fieldError } = useSubmit(onInvite, onDone, FIELDS);
  const parsed = parseAddresses(text);
  const ready = byDomain ? domain.trim() !== "" : parsed.good.length > 0 && parsed.bad.length === 0;
  const count = parsed.good.length;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const who = byDomain ? { domain } : { emails: parsed.good };
        submit({ ...who, role, expiresInDays: days, memberId: member?.id });
      }}
    >
      <div className="grid gap-5">
        {error && <Callout tone="bad">{error.message}</Callout>}
        {!member && (
          <fieldset className="flex flex-wrap gap-x-6">
            <legend className="sr-only">How</legend>
            <Choice type="radio" name="how" checked={!byDomain} onChange={() => setByDomain(false)}>
              By address
            </Choice>
            <Choice type="radio" name="how" checked={byDomain} onChange={() => setByDomain(true)}>
              A link for one mail domain
            </Choice>
          </fieldset>
        )}
        {byDomain ? (
          <Field
            label="Domain"
            error={fieldError("domain")}
            hint="One person whose address is of this domain may accept with the link."
          >
            <Input
              mono
              required
              autoComplete="off"
              placeholder="acme.example"
              value={domain}
              onChange={(event) => setDomain(event.target.value)}
            />
          </Field>
        ) : (
          <Field
            label={member ? "Address" : "Addresses"}
            error={fieldError("emails")}
            hint={<Parsed {...parsed} />}
            aside={mails ? "each gets a mail and a link" : "no mail server: you hand the links over"}
          >
            <Textarea
              required
              autoFocus
              spellCheck={false}
              placeholder={member ? "bo@acme.example" : "bo@acme.example, Dana Rossi <dana@acme.example>"}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          </Field>
        )}
        <div className="grid gap-5 sm:grid-cols-[minmax(0,1fr)_9rem]">
          <Field label="Role" hint={ROLE_TEXT[role]} error={fieldError("role")}>
            <Select
              className="capitalize"
              value={role}
              onChange={(event) => setRole(roles.find((entry) => entry === event.target.value) ?? role)}
            >
              {roles.map((entry) => (
                <option key={entry} value={entry}>
                  {entry}
                </option>
              ))}
            </Select>
          </Field>
          <Field label="Link works for">
            <Select
              value={days}
              onChange={(event) => setDays(DAYS.find((entry) => String(entry) === event.target.value) ?? days)}
            >
              {DAYS.map((entry) => (
                <option key={entry} value={entry}>
                  {plural(entry, "day")}
                </option>
              ))}
            </Select>
          </Field>
        </div>
      </div>
      <DialogActions>
        <Button variant="secondary" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" pending={pending} disabled={!ready}>
          {byDomain ? "Make link" : count > 1 ? `Invite ${count} people` : "Invite"}
        </Button>
      </DialogActions>
    </form>
  );
}

/** What was understood of the pasted text: how many addresses, and what is none. */
function Parsed({ good, bad }: ParsedAddresses) {
  if (good.length + bad.length === 0) return "Paste as many as you like, up to 100, as your mail program has them.";
  return (
    <div className="grid gap-1" aria-live="polite">
      <span className="text-soft">{plural(good.length, "address", "addresses")}</span>
      {bad.length > 0 && (
        <ul className="grid max-h-24 gap-0.5 overflow-y-auto text-bad">
          {bad.map(({ text, why }) => (
            <li key={text} className="break-all">
              <code className="font-mono">{text}</code> is {why}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
