"use client";

import { ExternalLink } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { CodeBlock } from "@/components/ui/copy";
import { Select } from "@/components/ui/input";
import { type Client, SYSTEMS, type System, type Way } from "./client";
import { type ConnectTarget, guideOf } from "./guide";

interface StepsProps {
  client: Client;
  way: Way;
  system: System;
  onSystem(system: System): void;
  target: ConnectTarget;
  /** Our address as the world sees it leads to this machine only. */
  localOnly: boolean;
  onCopied(): void;
}

/** What to paste for one client, its install link, what to see afterwards, and what it cannot do. */
export function ClientSteps({ client, way, system, onSystem, target, localOnly, onCopied }: StepsProps) {
  const { snippets, link, steps, notForSystem } = guideOf(client, way, system, target);
  const depends = typeof client.file?.at === "object" || snippets.some(({ language }) => language === "shell");
  return (
    <div className="grid grid-cols-1 gap-5">
      {client.fromOutside && localOnly && (
        <Callout tone="warn" title={`${client.name} cannot reach this address`}>
          It connects from its maker's servers, and {new URL(target.signInUrl).origin} leads to this machine only. Run
          Aerostack under a public https address first, and set it as AEROSTACK_PUBLIC_URL.
        </Callout>
      )}
      {link && <InstallLink key={`${client.id} ${way} ${link.holdsToken}`} {...link} />}
      {depends && (
        <div className="flex items-center gap-2">
          <label htmlFor="connect-system" className="text-faint text-sm">
            On
          </label>
          <Select
            id="connect-system"
            className="w-36"
            value={system}
            onChange={(event) => onSystem(event.target.value as System)}
          >
            {Object.entries(SYSTEMS).map(([id, name]) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </div>
      )}
      {notForSystem && (
        <Callout>
          {client.name} is not made for {SYSTEMS[system]}.
        </Callout>
      )}
      {snippets.map((snippet) => (
        <CodeBlock
          key={snippet.title}
          title={snippet.title}
          label={`${client.name} configuration`}
          code={snippet.code}
          wrap={snippet.language === "shell" || snippet.language === "text"}
          onCopied={onCopied}
        />
      ))}
      <ol className="grid list-inside list-decimal gap-1.5 text-soft text-sm leading-6 marker:text-faint">
        {steps.map((step) => (
          <li key={step}>{withCode(step)}</li>
        ))}
      </ol>
      {client.limits && (
        <ul className="grid list-inside list-disc gap-1 border-t pt-4 text-faint text-xs leading-5">
          {client.limits.map((limit) => (
            <li key={limit}>{withCode(limit)}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** A link that holds a token needs a second click: system handlers and histories keep links. */
function InstallLink({ label, href, holdsToken }: { label: string; href: string; holdsToken: boolean }) {
  const [shown, setShown] = useState(!holdsToken);
  if (!shown)
    return (
      <Callout
        action={
          <Button variant="secondary" size="sm" onClick={() => setShown(true)}>
            Show link
          </Button>
        }
      >
        There is a one-click link too. It carries the token, so do not share it.
      </Callout>
    );
  return (
    <div>
      <Button asChild>
        <a href={href}>
          <ExternalLink aria-hidden /> {label}
        </a>
      </Button>
    </div>
  );
}

/** Text in backticks as code. */
function withCode(text: string) {
  return text.split("`").map((part, index) =>
    index % 2 === 1 ? (
      <code key={part} className="rounded bg-muted px-1 font-mono text-[0.8125rem] text-ink">
        {part}
      </code>
    ) : (
      part
    ),
  );
}
