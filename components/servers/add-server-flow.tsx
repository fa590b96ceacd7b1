"use client";

import { ArrowRight, FlaskConical } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useSubmit } from "@/components/ui/use-submit";
import type { Action } from "@/lib/action-state";
import type { AddServerInput, ProbeServerInput } from "@/lib/services/server/schemas";
import type { ProbeView, ServerSaved } from "@/lib/services/server/view";
import { suggestSlug } from "@/lib/slug";
import { AuthFields } from "./auth-fields";
import { type AuthDraft, EMPTY_AUTH, ownerPart, suggestSecretName, toCredentials } from "./auth-presets";
import { PrivateAddressHelp, ProbeResult, wantsCredential } from "./probe-result";
import { SaveServer } from "./save-server";
import { OpenServerFile, ServerFileFields } from "./server-file";
import { fileCredentials, type ServerFile } from "./server-json";

interface FlowProps {
  instanceOwner: boolean;
  /** Filled in at first, from a link; it is not tested by itself. */
  initialUrl?: string;
  onProbe: Action<ProbeServerInput, ProbeView>;
  onAdd: Action<AddServerInput, ServerSaved>;
  onAdded(saved: ServerSaved): void;
}

/** URL, test, credential if the server wants one, name, save: each part appears when it is needed. */
export function AddServerFlow({ instanceOwner, initialUrl = "", onProbe, onAdd, onAdded }: FlowProps) {
  const [url, setUrl] = useState(initialUrl);
  const [auth, setAuth] = useState<AuthDraft>(EMPTY_AUTH);
  const [showAuth, setShowAuth] = useState(false);
  const [file, setFile] = useState<ServerFile | null>(null);
  const [values, setValues] = useState<Record<string, string>>({});
  const [probe, setProbe] = useState<ProbeView | null>(null);
  const test = useSubmit(
    onProbe,
    (seen) => {
      setProbe(seen);
      if (wantsCredential(seen)) askForCredential();
    },
    [
      "url",
      "headers.0.name",
      `secrets.${auth.secretName}`,
      ...(file?.secrets ?? []).map(({ name }) => `secrets.${name}`),
    ],
  );
  const target = { url: url.trim(), ...(file ? fileCredentials(file, values) : toCredentials(auth)) };
  const refusedAddress = /Instance page|AEROSTACK_ALLOW_PRIVATE/.test(test.fieldError("url") ?? "");

  function askForCredential() {
    setShowAuth(true);
    setAuth((now) => (now.kind === "none" ? { ...now, kind: "bearer", secretName: suggestSecretName(url) } : now));
  }
  function openFile(opened: ServerFile) {
    setFile(opened);
    setValues({});
    changeUrl(opened.url);
  }
  function changeUrl(next: string) {
    setUrl(next);
    setProbe(null);
    test.reset();
  }
  return (
    <div className="grid max-w-2xl grid-cols-1 gap-6">
      <Card>
        <form
          className="grid gap-6 p-5"
          onSubmit={(event) => {
            event.preventDefault();
            setProbe(null);
            test.submit(target);
          }}
        >
          <Field
            label="Server URL"
            hint="The address of its MCP endpoint. Streamable HTTP and SSE are told apart by themselves."
            error={test.fieldError("url")}
          >
            <Input
              mono
              required
              autoFocus
              type="url"
              spellCheck={false}
              placeholder="https://mcp.example.com/mcp"
              value={url}
              onChange={(event) => changeUrl(event.target.value)}
            />
          </Field>
          {refusedAddress && (
            <Callout title="Why it is refused">
              Servers on private networks are refused unless the owner allows them by name, so that nobody can reach
              into the network behind this installation.
              <PrivateAddressHelp instanceOwner={instanceOwner} />
            </Callout>
          )}
          {file ? (
            <ServerFileFields
              file={file}
              values={values}
              onChange={setValues}
              onRemove={() => setFile(null)}
              fieldError={test.fieldError}
            />
          ) : (
            showAuth && <AuthFields auth={auth} onChange={setAuth} fieldError={test.fieldError} />
          )}
          {test.error && <Callout tone="bad">{test.error.message}</Callout>}
          <div className="flex flex-wrap items-center gap-3">
            <Button type="submit" variant={probe?.ok ? "secondary" : "primary"} pending={test.pending}>
              {!test.pending && <FlaskConical aria-hidden />}
              {test.pending ? "Testing…" : probe ? "Test again" : "Test connection"}
            </Button>
            {!showAuth && !file && (
              <Button variant="ghost" onClick={askForCredential}>
                It needs a credential <ArrowRight aria-hidden />
              </Button>
            )}
            {!file && <OpenServerFile onOpen={openFile} />}
          </div>
          {probe && (
            <ProbeResult
              probe={probe}
              credentialGiven={Object.keys(target.secrets).length > 0}
              instanceOwner={instanceOwner}
            />
          )}
        </form>
      </Card>
      {probe && mayBeSaved(probe) && (
        <SaveServer
          key={probe.serverName}
          probe={probe}
          suggestion={suggestSlug(ownerPart(url) ?? probe.serverName?.split("/").at(-1) ?? "", 16)}
          onSubmit={({ slug, name, force }) => onAdd({ ...target, slug, name, force })}
          onDone={onAdded}
        />
      )}
    </div>
  );
}

/** A server may be saved before it works, unless its credential is refused or its address is not allowed. */
const mayBeSaved = (probe: ProbeView) => probe.problem !== "unauthorized" && probe.problem !== "refused_address";
