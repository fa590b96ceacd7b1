"use client";

import { FileUp } from "lucide-react";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useSubmit } from "@/components/ui/use-submit";
import type { Action } from "@/lib/action-state";
import type { ReadOpenapiInput } from "@/lib/services/function/schemas";
import type { OpenapiView } from "@/lib/services/function/view";
import { suggestSlug } from "@/lib/slug";

/** Where the document comes from, as the verbs take it. */
export type DocumentSource = Pick<ReadOpenapiInput, "document" | "url" | "baseUrl">;

interface DocumentProps {
  /** Names its secrets and counts into the length of its tools' names; "" where the document's title shall give it. */
  serverSlug: string;
  onRead: Action<ReadOpenapiInput, OpenapiView>;
  onFound(source: DocumentSource, view: OpenapiView): void;
}

const MOST_BYTES = 8 << 20;
const NO_NAME = "api";
const SLUG_LENGTH = 16;

/** Takes an OpenAPI document by its address or as a file. */
export function DocumentForm({ serverSlug, onRead, onFound }: DocumentProps) {
  const [url, setUrl] = useState("");
  const [baseUrl, setBaseUrl] = useState("");
  const [fileFault, setFileFault] = useState<string | null>(null);
  const picker = useRef<HTMLInputElement>(null);
  const sent = useRef<DocumentSource>({});
  const { submit, pending, error, fieldError } = useSubmit(
    (source: DocumentSource) => readNamed(onRead, source, serverSlug),
    (view: OpenapiView) => onFound(sent.current, view),
    ["url", "baseUrl"],
  );
  function read(source: DocumentSource) {
    sent.current = { ...source, ...(baseUrl.trim() && { baseUrl: baseUrl.trim() }) };
    setFileFault(null);
    submit(sent.current);
  }
  return (
    <form
      className="grid gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        read({ url: url.trim() });
      }}
    >
      <Field
        label="Address of the OpenAPI document"
        hint="JSON or YAML, version 3. It is fetched once, now."
        error={fieldError("url")}
      >
        <Input
          mono
          required
          type="url"
          spellCheck={false}
          placeholder="https://api.example.com/openapi.json"
          value={url}
          onChange={(event) => setUrl(event.target.value)}
        />
      </Field>
      <Field
        label="Address of the API"
        aside="optional"
        hint="Instead of the first server that the document names."
        error={fieldError("baseUrl")}
      >
        <Input
          mono
          type="url"
          spellCheck={false}
          placeholder="https://api.example.com/v1"
          value={baseUrl}
          onChange={(event) => setBaseUrl(event.target.value)}
        />
      </Field>
      {(error || fileFault) && <Callout tone="bad">{fileFault ?? error?.message}</Callout>}
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" pending={pending}>
          {pending ? "Reading…" : "Read document"}
        </Button>
        <Button variant="ghost" disabled={pending} onClick={() => picker.current?.click()}>
          <FileUp aria-hidden /> Choose a file instead
        </Button>
        <input
          ref={picker}
          type="file"
          accept=".json,.yaml,.yml,application/json,application/yaml"
          aria-label="OpenAPI document"
          className="sr-only"
          tabIndex={-1}
          onChange={async (event) => {
            const file = event.target.files?.[0];
            event.target.value = "";
            if (!file) return;
            if (file.size > MOST_BYTES)
              setFileFault("A file has at most 8 MiB. Larger documents can be given by their address.");
            else read({ document: await file.text() });
          }}
        />
      </div>
    </form>
  );
}

/** Reads a document; where nobody has chosen a slug yet, a second time under the one that its title suggests. */
async function readNamed(onRead: DocumentProps["onRead"], source: DocumentSource, slug: string) {
  const first = await onRead({ slug: slug || NO_NAME, ...source });
  const suggested = first.ok && slug === "" ? suggestSlug(first.data.title, SLUG_LENGTH) : "";
  return suggested === "" ? first : onRead({ slug: suggested, ...source });
}
