import type { NewTokenView } from "@/lib/services/token/view";
import { type GatewaySession, openSession } from "./gateway-session";

/** What running needs of the page around it. */
export interface RunPorts {
  slug: string;
  mint(): Promise<NewTokenView>;
  /** Must get through although the page is going away. */
  revoke(tokenId: string): void;
}

export interface RunAccess {
  tokenId: string;
  session: GatewaySession;
}

interface Held {
  slug: string;
  expiresAt: number;
  access: Promise<RunAccess>;
  revoke(): void;
}

const GRACE_MS = 20_000;
const MARGIN_MS = 60_000;

/** In this page's memory only: a reload forgets it, and nothing writes it down. */
let held: Held | null = null;
let users = 0;
let leaving: ReturnType<typeof setTimeout> | undefined;

/** The token and connection of this tab: made at the first run, then used as long as they are good. */
export function runAccess(ports: RunPorts): Promise<RunAccess> {
  if (held && held.slug === ports.slug && held.expiresAt - MARGIN_MS > Date.now()) return held.access;
  dropAccess();
  const minting = ports.mint();
  const fresh: Held = {
    slug: ports.slug,
    expiresAt: Number.POSITIVE_INFINITY,
    access: minting.then(async ({ id, token, expiresAt }) => {
      fresh.expiresAt = expiresAt ? Date.parse(expiresAt) : Number.POSITIVE_INFINITY;
      return { tokenId: id, session: await openSession(`${window.location.origin}/ws/${ports.slug}/mcp`, token) };
    }),
    revoke: () => void minting.then(({ id }) => ports.revoke(id)).catch(() => undefined),
  };
  held = fresh;
  fresh.access.catch(() => {
    if (held === fresh) dropAccess();
  });
  return fresh.access;
}

/** Ends the token at once, e.g. when a connection broke: the next run makes another. */
export function dropAccess(): void {
  held?.revoke();
  held = null;
}

/** Counts who may still run something: after the last one is gone the token is revoked, a moment later or with the tab. */
export function countUser(change: 1 | -1): void {
  users += change;
  clearTimeout(leaving);
  if (change === 1 && users === 1) window.addEventListener("pagehide", dropAccess);
  if (users > 0) return;
  leaving = setTimeout(() => {
    window.removeEventListener("pagehide", dropAccess);
    dropAccess();
  }, GRACE_MS);
}
