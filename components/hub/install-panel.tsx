"use client";

import { KeyRound, Plus, Zap } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { useSubmit } from "@/components/ui/use-submit";
import type { Action } from "@/lib/action-state";
import { paths } from "@/lib/paths";
import type { InstallListingInput } from "@/lib/services/listing/schemas";
import type { ListingDetail, ListingInstalled } from "@/lib/services/listing/view";
import { emptyDraft, endpointOf, isOneClick, toInstallInput } from "./install-draft";
import { InstallFields } from "./install-fields";
import { InstallProgress } from "./install-progress";
import { InstallResult } from "./install-result";
import { needsLabel } from "./needs";

interface PanelProps {
  slug: string;
  listing: ListingDetail;
  onInstall: Action<InstallListingInput, ListingInstalled>;
  /** After an install: the page may show it as installed. */
  onInstalled(): void;
}

/** Installs a listing: by one click where nothing must be typed, else by one sheet. */
export function InstallPanel({ slug, listing, onInstall, onInstalled }: PanelProps) {
  const [sheet, setSheet] = useState(false);
  const [draft, setDraft] = useState(() => emptyDraft(listing));
  const [done, setDone] = useState<ListingInstalled | null>(null);
  const fields = [
    ...["slug", "name", "readOnly"],
    ...listing.secrets.map(({ name }) => `secrets.${name}`),
    ...listing.settings.map(({ name }) => `settings.${name}`),
  ];
  const { submit, pending, error, fieldError, reset } = useSubmit(
    onInstall,
    (installed) => {
      setDone(installed);
      setDraft({ ...emptyDraft(listing), secrets: {} }); // a pasted value is not kept a moment longer than needed
      setSheet(false);
      onInstalled();
    },
    fields,
  );
  const oneClick = isOneClick(listing);
  const install = (force: boolean) => submit(toInstallInput(listing, draft, force));
  const unreachable = error?.code === "upstream_failed";
  const host = endpointOf(listing, draft)?.host ?? "";
  const problem = error && (
    <Callout tone={unreachable ? "warn" : "bad"}>
      <p>{error.message}</p>
      {unreachable && (
        <Button variant="secondary" size="sm" className="mt-2" pending={pending} onClick={() => install(true)}>
          Add it anyway
        </Button>
      )}
    </Callout>
  );
  const progress = pending && <InstallProgress host={host} secret={Object.values(draft.secrets).some(Boolean)} />;
  const clash = oneClick && !sheet && fieldError("slug");

  if (done)
    return (
      <Card className="animate-rise p-5">
        <InstallResult slug={slug} installed={done} />
      </Card>
    );
  return (
    <Card className="grid gap-4 p-5">
      {listing.installed.length > 0 && <AlreadyHere slug={slug} listing={listing} />}
      <div className="grid gap-2">
        {oneClick ? (
          <Button size="lg" pending={pending && !sheet} onClick={() => install(false)}>
            {!pending && <Zap aria-hidden />} {listing.installed.length > 0 ? "Install again" : "Install"}
          </Button>
        ) : (
          <Button size="lg" onClick={() => setSheet(true)}>
            {listing.secrets.length > 0 ? <KeyRound aria-hidden /> : <Plus aria-hidden />}
            {listing.installed.length > 0 ? "Install again…" : "Install…"}
          </Button>
        )}
        {oneClick && (
          <Button variant="ghost" size="sm" disabled={pending} onClick={() => setSheet(true)}>
            Choose name, address or limits…
          </Button>
        )}
      </div>
      {!sheet && progress}
      {!sheet && problem}
      {clash && <Callout tone="bad">{clash}</Callout>}
      {!pending && !error && !clash && (
        <p className="text-pretty text-faint text-xs leading-5">
          {needsLabel(listing)}. Reaches <span className="break-all font-mono text-soft">{host}</span> only. It is asked
          for its tools now; every later change of them shows as a difference to review.
        </p>
      )}
      <Dialog
        open={sheet}
        onOpenChange={(open) => {
          if (pending) return;
          setSheet(open);
          reset();
          if (!open) setDraft(emptyDraft(listing));
        }}
        kind="drawer"
        title={`Install ${listing.name}`}
        description={
          listing.secrets.length > 0 ? "The key is sealed in this workspace; no laptop needs it." : undefined
        }
      >
        <form
          className="grid gap-5"
          onSubmit={(event) => {
            event.preventDefault();
            install(false);
          }}
        >
          <InstallFields listing={listing} draft={draft} onChange={setDraft} fieldError={fieldError} />
          {problem}
          {progress}
          <DialogActions>
            <Button type="submit" pending={pending}>
              Install
            </Button>
          </DialogActions>
        </form>
      </Dialog>
    </Card>
  );
}

function AlreadyHere({ slug, listing }: { slug: string; listing: ListingDetail }) {
  return (
    <Callout tone="good" title="In this workspace">
      <ul className="grid">
        {listing.installed.map((server) => (
          <li key={server.slug}>
            <Link href={paths.server(slug, server.slug)} className="underline underline-offset-4">
              {server.name} <span className="font-mono text-xs">({server.slug})</span>
            </Link>
          </li>
        ))}
      </ul>
    </Callout>
  );
}
