"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link2, Terminal } from "lucide-react";
import { useState } from "react";
import { CallDrawer } from "@/components/calls/call-drawer";
import { curlOf } from "@/components/calls/curl";
import { Payload, payloadKey } from "@/components/calls/payload";
import { Button } from "@/components/ui/button";
import { copyText } from "@/components/ui/copy";
import { toast } from "@/components/ui/toast";
import { paths } from "@/lib/paths";
import type { CallDetailView, CallPayloadView, CallView } from "@/lib/services/call/view";
import { fetchCall, fetchPayload } from "./fetch-calls";

interface LinkedProps {
  slug: string;
  /** Id of the call that the URL names. */
  open: string | null;
  setOpen(call: string | null): Promise<unknown>;
  rows: CallView[];
  linked: CallDetailView | null;
  mcpUrl: string;
  payloads: { keepDays: number; keepResults: boolean } | null;
}

/** The drawer of the call in the URL, on this page of the list or not. */
export function LinkedCall({ slug, open, setOpen, rows, linked, mcpUrl, payloads }: LinkedProps) {
  const at = rows.findIndex(({ id }) => id === open);
  const row = rows[at] ?? null;
  const { data, error } = useQuery({
    // A running call gets its outcome later, and with it another key.
    queryKey: ["call", slug, open, row?.outcome],
    queryFn: ({ signal }) => fetchCall(slug, open ?? "", signal),
    initialData: () => (linked && linked.id === open && (!row || row.outcome === linked.outcome) ? linked : undefined),
    enabled: open !== null,
    staleTime: 60_000,
    retry: false,
  });
  const go = (step: number) => {
    const next = rows[at + step];
    if (next) void setOpen(next.id);
  };
  return (
    <CallDrawer
      slug={slug}
      open={open !== null}
      row={row}
      call={open === null ? null : (data ?? null)}
      error={error?.message ?? null}
      onClose={() => void setOpen(null)}
      step={at < 0 ? null : { newer: () => go(-1), older: () => go(1) }}
      parts={(call) => ({
        actions: <Actions slug={slug} call={call} mcpUrl={mcpUrl} />,
        payload: payloads && (
          <Payload
            key={call.id}
            slug={slug}
            call={call}
            keepDays={payloads.keepDays}
            keepResults={payloads.keepResults}
            fetchPayload={(id) => fetchPayload(slug, id)}
          />
        ),
      })}
    />
  );
}

function Actions({ slug, call, mcpUrl }: { slug: string; call: CallDetailView; mcpUrl: string }) {
  const client = useQueryClient();
  const [pending, setPending] = useState(false);
  async function copyCurl() {
    setPending(true);
    try {
      const known = client.getQueryData<CallPayloadView>(payloadKey(call.id));
      const opened = call.kept.arguments ? (known ?? (await fetchPayload(slug, call.id))) : null;
      const kept = opened?.arguments ?? null;
      const args = kept && !kept.cut ? kept.text : null;
      const done = await copyText(curlOf({ mcpUrl, method: call.method, name: call.qualifiedName, args }));
      if (!done) return toast.error("The command could not be copied");
      toast.success("curl command copied", { description: hint(args) });
    } catch (error) {
      toast.error("Nothing was copied", { description: error instanceof Error ? error.message : undefined });
    } finally {
      setPending(false);
    }
  }
  return (
    <>
      <Button variant="secondary" size="sm" pending={pending} onClick={() => void copyCurl()}>
        {!pending && <Terminal aria-hidden />} Copy as curl
      </Button>
      <Button
        variant="ghost"
        size="sm"
        onClick={async () => {
          const done = await copyText(new URL(paths.call(slug, call.id), window.location.href).href);
          if (done) toast.success("Link copied");
          else toast.error("The link could not be copied");
        }}
      >
        <Link2 aria-hidden /> Copy link
      </Button>
    </>
  );
}

/** What is still to be done with the copied command. */
function hint(args: string | null): string {
  const token = "Set AEROSTACK_TOKEN to your own token first.";
  if (args === null) return `${token} The arguments are not kept: fill them in.`;
  return args.includes("[redacted]") ? `${token} Fill in the values that were left out.` : token;
}
