"use client";

import { Check, X } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/input";
import { Monogram } from "@/components/ui/monogram";
import { useSubmit } from "@/components/ui/use-submit";
import type { Action } from "@/lib/action-state";
import { RedirectWarning } from "./redirect-warning";

/** What the person decided. */
export type ConsentAnswer = { allow: false } | { allow: true; workspace: string };

/** A workspace that may be shared, and how much of it the app would see. */
interface Choice {
  slug: string;
  name: string;
  tools: number;
  servers: number;
}

interface ConsentFormProps {
  /** `named`: whether the name is its own word; `host`: where its description lies, null: it has only registered. */
  client: { name: string; named: boolean; host: string | null };
  redirect: { host: string; kind: "web" | "loopback" | "app" };
  person: { name: string; email: string | null };
  choices: Choice[];
  onAnswer: Action<ConsentAnswer, { url: string }>;
}

const count = (n: number, one: string) => `${n} ${n === 1 ? one : `${one}s`}`;

const origin = ({ named, host }: ConsentFormProps["client"]) =>
  host ? `Describes itself at ${host}` : named ? "The app chose this name itself" : "It gave no name";

/** Who asks, for what, and what stays out of reach; then yes or no. */
export function ConsentForm({ client, redirect, person, choices, onAnswer }: ConsentFormProps) {
  const [slug, setSlug] = useState(choices[0]?.slug ?? "");
  const [answered, setAnswered] = useState<boolean | null>(null);
  const { submit, pending, error } = useSubmit(onAnswer, ({ url }) => window.location.assign(url));
  const answer = (input: ConsentAnswer) => {
    setAnswered(input.allow);
    submit(input);
  };
  const chosen = choices.find((choice) => choice.slug === slug);
  const busy = (allow: boolean) => answered === allow && (pending || !error);
  return (
    <div className="grid gap-5">
      <Card className="divide-y">
        <div className="flex items-center gap-3 px-4 py-3">
          <Monogram name={client.name} />
          <div className="grid min-w-0 gap-0.5">
            <p className="break-words font-medium">{client.name}</p>
            <p className="text-faint text-xs">{origin(client)}</p>
          </div>
          {client.named && <Badge className="ml-auto shrink-0">unverified name</Badge>}
        </div>
        <dl className="grid grid-cols-[auto_1fr] gap-x-5 gap-y-2 px-4 py-3 text-sm">
          <Fact name="Sends you back to">
            <code className="break-all text-[0.8125rem]">{redirect.host}</code>
          </Fact>
          {choices.length === 1 && <Fact name="Workspace">{chosen?.name}</Fact>}
          <Fact name="As">
            {person.name} {person.email && <span className="break-all text-faint">({person.email})</span>}
          </Fact>
        </dl>
      </Card>
      <RedirectWarning {...redirect} />
      {choices.length > 1 && (
        <Field label="Workspace to connect" hint="The app named none. It gets this one only.">
          <Select value={slug} onChange={(event) => setSlug(event.target.value)}>
            {choices.map((choice) => (
              <option key={choice.slug} value={choice.slug}>
                {choice.name}
              </option>
            ))}
          </Select>
        </Field>
      )}
      <ul className="grid gap-2 text-sm leading-6">
        <Point good>
          See and call{" "}
          <strong className="font-medium">
            {count(chosen?.tools ?? 0, "tool")} of {count(chosen?.servers ?? 0, "server")}
          </strong>{" "}
          in your name. Each call is recorded.
        </Point>
        <Point>No secrets: credentials of the servers never reach the app.</Point>
        <Point>No dashboard: it cannot change servers, members or settings.</Point>
        <Point>No other workspace, and nothing else of your account.</Point>
      </ul>
      {error && <Callout tone="bad">{error.message}</Callout>}
      <div className="grid grid-cols-2 gap-3">
        <Button size="lg" variant="secondary" pending={busy(false)} onClick={() => answer({ allow: false })}>
          Deny
        </Button>
        <Button size="lg" pending={busy(true)} onClick={() => answer({ allow: true, workspace: slug })}>
          Allow
        </Button>
      </div>
      <p aria-live="polite" className="text-center text-faint text-xs leading-5">
        {answered !== null && !pending && !error
          ? "Answered. You can close this page once the app has noticed."
          : "You can take this back at any time on the workspace's Tokens page."}
      </p>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-faint">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}

function Point({ good, children }: { good?: boolean; children: ReactNode }) {
  const Icon = good ? Check : X;
  return (
    <li className="flex items-start gap-2.5">
      <Icon aria-hidden className={good ? "mt-1 size-4 shrink-0 text-good" : "mt-1 size-4 shrink-0 text-faint"} />
      <span className={good ? "" : "text-soft"}>{children}</span>
    </li>
  );
}
