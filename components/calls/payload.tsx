"use client";

import { useQuery } from "@tanstack/react-query";
import { Eye, EyeOff } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { CodeBlock } from "@/components/ui/copy";
import { formatCount } from "@/lib/format";
import { paths } from "@/lib/paths";
import type { CallDetailView, CallPayloadView } from "@/lib/services/call/view";

/** Where a payload that was opened is held: gone with the drawer. */
export const payloadKey = (call: string) => ["call-payload", call];

interface PayloadProps {
  slug: string;
  call: CallDetailView;
  /** Days that payloads are kept; 0: capture is off. */
  keepDays: number;
  keepResults: boolean;
  fetchPayload(call: string): Promise<CallPayloadView>;
}

/** What was sent and answered, for those who may read it; asked for on purpose, since reading is recorded. */
export function Payload({ slug, call, keepDays, keepResults, fetchPayload }: PayloadProps) {
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: payloadKey(call.id),
    queryFn: () => fetchPayload(call.id),
    enabled: false,
    gcTime: 0,
    retry: false,
  });
  const settings = `${paths.settings(slug)}#payloads`;
  if (!call.kept.arguments && !call.kept.result)
    return (
      <div className="grid justify-items-start gap-3 text-sm leading-6">
        <p className="flex items-center gap-2 font-medium">
          <EyeOff aria-hidden className="size-4 text-faint" /> Nothing is kept of this call
        </p>
        <p className="text-soft">
          {keepDays === 0
            ? "Payload capture is off in this workspace: only that a call was made is recorded, by whom and how it went. Switched on, arguments (and results, if you want) of new calls are kept for some days, sealed and without secrets."
            : `Payloads are kept for ${keepDays} days. This call is older, was made before that was switched on, or had none.`}
        </p>
        <Button asChild variant="secondary" size="sm">
          <Link href={settings}>Payload capture</Link>
        </Button>
      </div>
    );
  if (!data)
    return (
      <div className="grid justify-items-start gap-3 text-sm leading-6">
        <p className="text-soft">
          The {call.kept.result ? "arguments and the result" : "arguments"} of this call are kept, sealed. Opening them
          is recorded in the audit log with your name.
        </p>
        {error && <Callout tone="bad">{error.message}</Callout>}
        <Button variant="secondary" pending={isFetching} onClick={() => refetch()}>
          {!isFetching && <Eye aria-hidden />} Show payload
        </Button>
      </div>
    );
  return (
    <div className="grid gap-4">
      <Part title="Arguments" part={data.arguments} none="There were none, or they do not open any more." />
      <Part
        title="Result"
        part={data.result}
        none={
          keepResults ? (
            "Not kept: the call gave none, or was made before results were kept."
          ) : (
            <>
              Results are not kept here.{" "}
              <Link href={settings} className="text-accent-text hover:underline">
                Change that
              </Link>
            </>
          )
        }
      />
      <p className="text-faint text-xs leading-5">
        Values of fields like password, token or authorization were left out before this was stored.
      </p>
    </div>
  );
}

interface PartProps {
  title: string;
  part: CallPayloadView["arguments"];
  none: React.ReactNode;
}

function Part({ title, part, none }: PartProps) {
  if (!part)
    return (
      <div className="grid gap-1 text-sm">
        <h3 className="font-medium">{title}</h3>
        <p className="text-faint">{none}</p>
      </div>
    );
  return (
    <div className="grid min-w-0 gap-2">
      <CodeBlock
        title={`${title}, ${formatCount(part.bytes)} bytes`}
        label={title.toLowerCase()}
        code={pretty(part.text)}
        wrap
      />
      {part.cut && (
        <p className="text-warn text-xs leading-5">
          {part.text === "" ? "Too large to be kept at all." : "Cut off: only the first 64 KiB were kept."}
        </p>
      )}
    </div>
  );
}

/** Indented where that changes nothing: numbers that JavaScript would round leave the text as it is. */
function pretty(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    return JSON.stringify(value) === text || !/\d{16}/.test(text) ? JSON.stringify(value, null, 2) : text;
  } catch {
    return text;
  }
}
