/** One event of a chain, as it is hashed, exported and verified; names and values are those of the database. */
export interface ChainEvent {
  id: string;
  workspaceId: string | null;
  actorType: string;
  actorId: string | null;
  actorEmail: string | null;
  /** Role in the workspace at that time; null where there was none, missing in events older than the field. */
  actorRole?: string | null;
  action: string;
  targetType: string;
  targetId: string;
  targetName: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  requestId: string | null;
  sourceIp: string | null;
  userAgent: string | null;
  /** ISO 8601 UTC with milliseconds. */
  createdAt: string;
}

/** An event in its place: from 1, with the hash of the event before (empty for the first) and its own, hex. */
export interface ChainLink extends ChainEvent {
  seq: number;
  prevHash: string;
  hash: string;
}

/** Newest place of a chain. */
export interface ChainHead {
  seq: number;
  hash: string;
}

/** Where a chain stands before its first event. */
export const CHAIN_START: ChainHead = { seq: 0, hash: "" };

/** Where a chain does not hold, and why, in words. */
export interface ChainFault {
  seq: number;
  eventId: string | null;
  why: string;
}

/** JSON with sorted keys and no blanks, so that one event has one text whatever stored it in between. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, inner]) => `${JSON.stringify(name)}:${canonical(inner)}`).join(",")}}`;
}

/** SHA-256, hex, of an event in its place. Anything that differs gives another hash, and the next event holds this one. */
export async function hashEvent(event: ChainEvent, seq: number, prevHash: string): Promise<string> {
  const { id, workspaceId, actorType, actorId, actorEmail, action, targetType, targetId, targetName } = event;
  const { actorRole, before, after, requestId, sourceIp, userAgent, createdAt } = event;
  // Only where there is one, so that events from before the field keep their hash.
  const role = actorRole == null ? {} : { actorRole };
  const who = { actorType, actorId, actorEmail, ...role, requestId, sourceIp, userAgent };
  const what = { action, targetType, targetId, targetName, before, after };
  const text = canonical({ prevHash, seq, id, workspaceId, createdAt, ...who, ...what });
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Follows a chain from its start, or from where a check before this one got to. `next` takes the links in order and answers the first fault, after which it is useless. */
export function chainChecker(start: ChainHead = CHAIN_START): {
  next(link: ChainLink): Promise<ChainFault | null>;
  at(): ChainHead;
} {
  let at = start;
  return {
    at: () => at,
    async next(link) {
      const seq = at.seq + 1;
      const fault = (why: string): ChainFault => ({ seq, eventId: link.id, why });
      if (link.seq !== seq) return { seq, eventId: null, why: "This event is missing." };
      if (link.prevHash !== at.hash) return fault("This event does not follow from the one before it.");
      if (link.hash !== (await hashEvent(link, seq, link.prevHash))) return fault("This event was changed.");
      at = { seq, hash: link.hash };
      return null;
    },
  };
}

/** Compares the end that was reached with the end that was noted; what is between them was cut off. */
export function checkHead(reached: ChainHead, noted: ChainHead): ChainFault | null {
  if (reached.seq < noted.seq)
    return { seq: reached.seq + 1, eventId: null, why: "The events from here to the end are missing." };
  if (reached.seq > noted.seq) return { seq: noted.seq + 1, eventId: null, why: "Events follow the noted end." };
  return reached.hash === noted.hash
    ? null
    : { seq: noted.seq, eventId: null, why: "The last event is not the one that was noted as the end." };
}
