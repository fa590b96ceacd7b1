"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useSubmit } from "@/components/ui/use-submit";
import type { Action } from "@/lib/action-state";
import type { CreateFunctionInput, ReadOpenapiInput } from "@/lib/services/function/schemas";
import type { FunctionDetail, OpenapiView, TemplateView } from "@/lib/services/function/view";
import { suggestSlug } from "@/lib/slug";
import { DocumentForm, type DocumentSource } from "./document-form";
import { OperationPicker } from "./operation-picker";
import { firstChoice } from "./operations";
import { StartPicker } from "./start-picker";

interface FlowProps {
  templates: TemplateView[];
  /** What is chosen at first. */
  from: string;
  onRead: Action<ReadOpenapiInput, OpenapiView>;
  onCreate: Action<CreateFunctionInput, FunctionDetail>;
  onCreated(created: FunctionDetail): void;
}

interface Found {
  source: DocumentSource;
  view: OpenapiView;
}

/** What to start from, what it is called, and for a document which of its operations. */
export function NewFunctionFlow({ templates, from, onRead, onCreate, onCreated }: FlowProps) {
  const [start, setStart] = useState(from);
  const [name, setName] = useState<string | null>(null);
  const [slug, setSlug] = useState<string | null>(null);
  const [found, setFound] = useState<Found | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const { submit, pending, error, fieldError } = useSubmit(onCreate, onCreated, ["slug", "name"]);
  const imports = start === "openapi";
  const title = imports ? (found?.view.title ?? "") : (templates.find(({ id }) => id === start)?.title ?? "");
  const shownName = name ?? title;
  const shownSlug = slug ?? suggestSlug(shownName, 16);

  const create = () =>
    submit({
      slug: shownSlug,
      ...(shownName.trim() && { name: shownName }),
      ...(imports && found && { openapi: { ...found.source, ids: [...chosen] } }),
      ...(!imports && start !== "blank" && { template: start }),
    });
  return (
    <div className="grid max-w-4xl grid-cols-1 gap-6">
      <StartPicker templates={templates} value={start} onChange={setStart} />
      <Card>
        <CardHeader title="Name it" description="The slug stands before each tool's name and stays for good." />
        <div className="grid gap-5 px-5 pb-5 sm:grid-cols-2">
          <Field label="Name" error={fieldError("name")}>
            <Input
              maxLength={80}
              placeholder="Billing"
              value={shownName}
              onChange={(event) => setName(event.target.value)}
            />
          </Field>
          <Field
            label="Slug"
            error={fieldError("slug")}
            hint={
              <>
                Tools are called <code className="font-mono text-ink">{`${shownSlug || "slug"}__tool`}</code>
              </>
            }
          >
            <Input
              mono
              maxLength={16}
              spellCheck={false}
              placeholder="billing"
              value={shownSlug}
              onChange={(event) => {
                setSlug(event.target.value);
                setFound(null); // names of secrets and tools come from it
              }}
            />
          </Field>
        </div>
      </Card>
      {imports && (
        <Card>
          <CardHeader
            title="The API"
            description="Each operation that you choose becomes a tool. What is made is plain code, to be changed like any other."
          />
          <div className="px-5 pb-5">
            <DocumentForm
              serverSlug={shownSlug}
              onRead={onRead}
              onFound={(source, view) => {
                setFound({ source, view });
                setChosen(firstChoice(view.operations));
                if (slug === null) setSlug(shownSlug || suggestSlug(view.title, 16) || "api");
              }}
            />
          </div>
        </Card>
      )}
      {imports && found && (
        <>
          <Facts view={found.view} />
          <OperationPicker operations={found.view.operations} chosen={chosen} onChange={setChosen} />
        </>
      )}
      {error && <Callout tone="bad">{error.message}</Callout>}
      <div className="flex flex-wrap items-center gap-3">
        <Button
          pending={pending}
          disabled={shownSlug === "" || (imports && (found === null || chosen.size === 0))}
          onClick={create}
        >
          Create and open the code
        </Button>
        <span className="text-faint text-sm">Nothing is deployed yet.</span>
      </div>
    </div>
  );
}

function Facts({ view }: { view: OpenapiView }) {
  const warnings = view.warnings.filter((text) => !/were left out/.test(text)); // the picker says so itself
  return (
    <div className="grid gap-3 text-sm leading-6">
      <p className="text-soft">
        <span className="font-medium text-ink">{view.title}</span> at{" "}
        <span className="font-mono text-[0.8125rem]">{view.host}</span>
        {view.secrets.length > 0 && (
          <>
            . It will ask for <span className="font-mono text-[0.8125rem]">{view.secrets.join(", ")}</span> after the
            first deploy
          </>
        )}
        .
      </p>
      {warnings.length > 0 && <Callout tone="warn">{warnings.join(" ")}</Callout>}
    </div>
  );
}
