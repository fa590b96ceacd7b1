"use client";

import { ExternalLink } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { CodeBlock } from "@/components/ui/copy";
import type { ConnectTarget, Guide } from "./clients";

/** What to paste for one client, its install link, and what to see afterwards. */
export function ClientSteps({
  name,
  guide,
  target,
  onCopied,
}: {
  /** The client's. */
  name: string;
  guide: Guide;
  target: ConnectTarget;
  onCopied(): void;
}) {
  const link = guide.link?.(target);
  return (
    <div className="grid grid-cols-1 gap-5">
      {link && <InstallLink key={link.href} {...link} />}
      {guide.snippets(target).map((snippet) => (
        <CodeBlock
          key={snippet.title}
          title={snippet.title}
          label={`${name} configuration`}
          code={snippet.code}
          wrap={snippet.language !== "json"}
          onCopied={onCopied}
        />
      ))}
      <ol className="grid list-inside list-decimal gap-1.5 text-soft text-sm leading-6 marker:text-faint">
        {guide.steps.map((step) => (
          <li key={step}>{withCode(step)}</li>
        ))}
      </ol>
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
