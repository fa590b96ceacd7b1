"use client";

import type { Connecting } from "@/components/connect/connect-panel";
import { likelyFaults } from "@/components/connect/faults";
import { FirstCall } from "@/components/connect/first-call";
import { useConnection } from "./use-connection";

interface LightProps {
  slug: string;
  connecting: Connecting;
  /** When the page was opened, by the server's clock. */
  since: string;
  hasTool: boolean;
  localOnly: boolean;
  canInvite: boolean;
  onRun: (() => void) | null;
}

/** How far the chosen client and token are; turns green by itself. */
export function Light({ slug, connecting, since, hasTool, localOnly, canInvite, onRun }: LightProps) {
  const { client, way, tokenId } = connecting;
  const { progress, slow } = useConnection(slug, tokenId, since);
  const seen = progress.seenAt !== null;
  const faults = likelyFaults({ client, way, seen, hasTool, placeholder: tokenId === null, localOnly });
  return (
    <FirstCall slug={slug} progress={progress} faults={slow ? faults : null} canInvite={canInvite} onRun={onRun} />
  );
}
