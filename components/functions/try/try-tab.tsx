"use client";

import { FlaskConical, Play } from "lucide-react";
import { useEffect, useEffectEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Field } from "@/components/ui/field";
import { Select, Textarea } from "@/components/ui/input";
import { useSubmit } from "@/components/ui/use-submit";
import type { Action } from "@/lib/action-state";
import type { TryFunctionInput } from "@/lib/services/function/schemas";
import type { FunctionDetail, TryView } from "@/lib/services/function/view";
import type { ListToolArgumentsInput } from "@/lib/services/tool/schemas";
import type { ToolArgument } from "@/lib/services/tool/view";
import { ArgumentForm } from "./argument-form";
import { type ArgumentField, collect, collectJson, fieldsOf } from "./arguments";
import { TryResult } from "./try-result";

interface TryProps {
  detail: FunctionDetail;
  onTry: Action<TryFunctionInput, TryView>;
  onArguments: Action<ListToolArgumentsInput, ToolArgument[]>;
  /** Shows the outbound requests of one call. */
  onOutbound(call: string): void;
  onCode(): void;
}

/** Calls one tool of the version that answers, or of the one kept ready. */
export function TryTab({ detail, onTry, onArguments, onOutbound, onCode }: TryProps) {
  const versions = [detail.active, detail.staged].filter((each) => each !== null);
  const [chosen, setChosen] = useState(versions[0]?.id ?? "");
  const version = versions.find(({ id }) => id === chosen) ?? versions[0];
  if (!version)
    return (
      <Card>
        <EmptyState
          icon={FlaskConical}
          title="Nothing to try yet"
          action={<Button onClick={onCode}>Open the code</Button>}
        >
          Once a version is deployed, its tools can be called here, with what they log and fetch shown beside the
          result.
        </EmptyState>
      </Card>
    );
  return (
    <TryForm
      key={version.id}
      detail={detail}
      version={version}
      versions={versions}
      onVersion={setChosen}
      onTry={onTry}
      onArguments={onArguments}
      onOutbound={onOutbound}
    />
  );
}

type Version = NonNullable<FunctionDetail["active"]>;

interface FormProps extends Omit<TryProps, "onCode"> {
  version: Version;
  versions: Version[];
  onVersion(id: string): void;
}

function TryForm({ detail, version, versions, onVersion, onTry, onArguments, onOutbound }: FormProps) {
  const [tool, setTool] = useState(version.toolNames[0] ?? "");
  const [typed, setTyped] = useState<Record<string, string>>({});
  const [json, setJson] = useState("");
  const [asJson, setAsJson] = useState(false);
  const [fault, setFault] = useState<{ field: string; message: string } | null>(null);
  const [result, setResult] = useState<TryView | null>(null);
  const fields = useFields(detail.slug, version.active ? tool : "", onArguments);
  const { submit, pending, error } = useSubmit(onTry, (view: TryView) => setResult(view));
  const plain = asJson || fields === null;
  const definition = version.active ? detail.toolList.find(({ name }) => name === tool) : undefined;

  function run() {
    const collected = plain ? collectJson(json) : collect(fields, typed);
    setFault(collected.ok ? null : collected);
    if (!collected.ok) return;
    setResult(null);
    submit({ function: detail.slug, deployment: version.id, tool, arguments: collected.value });
  }
  function choose(name: string) {
    setTool(name);
    setTyped({});
    setResult(null);
    setFault(null);
  }
  return (
    <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-[24rem_minmax(0,1fr)]">
      <Card>
        <CardHeader
          title="Call a tool"
          description="As yourself, past the gateway: rules are not asked and the call is not in Calls. What it fetches is real."
        />
        <form
          className="grid gap-5 px-5 pb-5"
          onSubmit={(event) => {
            event.preventDefault();
            run();
          }}
        >
          {versions.length > 1 && (
            <Field label="Version">
              <Select value={version.id} onChange={(event) => onVersion(event.target.value)}>
                {versions.map((each) => (
                  <option key={each.id} value={each.id}>
                    {`v${each.version}, ${each.active ? "answers" : "kept ready"}`}
                  </option>
                ))}
              </Select>
            </Field>
          )}
          <Field label="Tool" hint={definition?.description ?? undefined}>
            <Select value={tool} onChange={(event) => choose(event.target.value)}>
              {version.toolNames.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </Select>
          </Field>
          {plain ? (
            <Field label="Arguments" aside="JSON" error={fault?.message}>
              <Textarea
                mono
                spellCheck={false}
                placeholder="{}"
                value={json}
                onChange={(event) => setJson(event.target.value)}
              />
            </Field>
          ) : (
            <ArgumentForm
              fields={fields}
              typed={typed}
              fault={fault}
              onType={(name, text) => setTyped((now) => ({ ...now, [name]: text }))}
            />
          )}
          {error && <Callout tone="bad">{error.message}</Callout>}
          <div className="flex flex-wrap items-center gap-2">
            <Button type="submit" pending={pending} disabled={!detail.engine.ok}>
              {!pending && <Play aria-hidden />} {pending ? "Running…" : "Run"}
            </Button>
            {fields !== null && fields.length > 0 && (
              <Button
                variant="ghost"
                size="sm"
                onClick={() => {
                  const collected = collect(fields, typed);
                  if (!asJson) setJson(collected.ok ? JSON.stringify(collected.value, null, 2) : "");
                  setFault(null);
                  setAsJson(!asJson);
                }}
              >
                {asJson ? "As a form" : "As JSON"}
              </Button>
            )}
          </div>
        </form>
      </Card>
      <TryResult result={result} pending={pending} onOutbound={onOutbound} />
    </div>
  );
}

/** Fields of a tool that clients see now; null while they are not known. */
function useFields(server: string, tool: string, ask: TryProps["onArguments"]): ArgumentField[] | null {
  const [found, setFound] = useState<{ of: string; fields: ArgumentField[] } | null>(null);
  const load = useEffectEvent(async (of: string, isCurrent: () => boolean) => {
    const answer = await ask({ server, tool: of }).catch(() => null);
    if (isCurrent() && answer?.ok) setFound({ of, fields: fieldsOf(answer.data) });
  });
  useEffect(() => {
    if (tool === "") return;
    let current = true;
    load(tool, () => current);
    return () => {
      current = false;
    };
  }, [tool]);
  return found?.of === tool ? found.fields : null;
}
